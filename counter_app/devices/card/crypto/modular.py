"""Groups of numbers modulo a prime, as Diffie and Hellman used them.

Source: ICAO Doc 9303-11, sections 4.4.3.3 and 9.5.1; RFC 2631.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Group:
    """The subgroup of `order` elements that `generator` makes modulo `prime`.

    Encoded elements are unsigned big-endian numbers as wide as the prime.
    """

    prime: int
    generator: int
    order: int

    @property
    def width_bytes(self) -> int:
        """Bytes of one element."""
        return (self.prime.bit_length() + 7) // 8

    def base(self) -> bytes:
        """Return the standard generator, encoded."""
        return self.generator.to_bytes(self.width_bytes, "big")

    def multiply(self, scalar: int, element: bytes) -> bytes:
        """Return the element to the power `scalar`.

        Raises:
            ValueError: The element or the result is trivial.
        """
        return self._encode(pow(self._decode(element), scalar, self.prime))

    def add(self, first: bytes, second: bytes) -> bytes:
        """Return the product of both.

        Raises:
            ValueError: An element or the result is trivial.
        """
        return self._encode(self._decode(first) * self._decode(second) % self.prime)

    def secret(self, element: bytes) -> bytes:
        """Return what is derived from an agreed element: the element."""
        return element

    def from_random(self, number: int) -> bytes:
        """Return an element that depends on a random number below the prime.

        Raises:
            ValueError: The number gives a trivial element.

        Source: ICAO Doc 9303-11, section 4.4.3.3.2.
        """
        return self._encode(pow(number, (self.prime - 1) // self.order, self.prime))

    def _decode(self, element: bytes) -> int:
        if len(element) > self.width_bytes:
            raise ValueError("the element is longer than the prime")
        number = int.from_bytes(element, "big")
        if not 1 < number < self.prime - 1:
            raise ValueError("the element is trivial")
        return number

    def _encode(self, number: int) -> bytes:
        if number in (0, 1, self.prime - 1):
            raise ValueError("the result is trivial")
        return number.to_bytes(self.width_bytes, "big")
