"""Printers: CUPS queues, the Windows spooler, a folder, thermal strips, and a simulator."""
