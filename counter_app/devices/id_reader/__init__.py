"""Readers for resident-ID technology: frames, transports, photo decoding and the simulator."""
