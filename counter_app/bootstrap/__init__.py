"""Puts the parts together: the only place that knows which adapter serves which port."""
