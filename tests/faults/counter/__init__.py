"""Bad input, broken devices and kills, met by a clerk at the real counter."""
