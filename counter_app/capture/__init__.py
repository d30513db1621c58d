"""From image to evidence: find, straighten, judge and read documents."""
