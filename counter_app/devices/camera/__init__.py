"""The document camera: real devices, recordings and pictures through one OpenCV path."""
