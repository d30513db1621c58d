"""A reader made of software that speaks the module's protocol byte by byte.

It stands in for hardware in rehearsals and tests and refuses to start in production.
"""
