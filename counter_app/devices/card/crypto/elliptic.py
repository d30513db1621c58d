"""Points of elliptic curves over prime fields, with a generator of the caller's choice.

Needed because PACE computes with a mapped generator and some authorities sign with curves the
kept library does not know. The time it takes depends on the numbers, which is acceptable here:
every private number lives for one reading.

Source: SEC 1 version 2, sections 2.2.1 and 2.3; ICAO Doc 9303-11, appendix B.
"""

from __future__ import annotations

from dataclasses import dataclass

Point = tuple[int, int]
_Jacobian = tuple[int, int, int]
_INFINITY: _Jacobian = (1, 1, 0)


@dataclass(frozen=True, slots=True)
class Curve:
    """A curve y² = x³ + ax + b over the field of `prime`.

    Encoded elements are uncompressed points: 04, x and y, each as wide as the field.
    """

    name: str
    prime: int
    a: int
    b: int
    generator: Point
    order: int
    cofactor: int

    @property
    def width_bytes(self) -> int:
        """Bytes of one coordinate."""
        return (self.prime.bit_length() + 7) // 8

    def base(self) -> bytes:
        """Return the standard generator, encoded."""
        return self.encode(self.generator)

    def encode(self, point: Point) -> bytes:
        """Return the uncompressed point."""
        return b"\x04" + b"".join(value.to_bytes(self.width_bytes, "big") for value in point)

    def decode(self, encoded: bytes) -> Point:
        """Return the point.

        Raises:
            ValueError: The bytes are no uncompressed point of this curve.
        """
        width = self.width_bytes
        if len(encoded) != 1 + 2 * width or encoded[0] != 4:
            raise ValueError("not an uncompressed point of this curve")
        x, y = (
            int.from_bytes(encoded[1 : 1 + width], "big"),
            int.from_bytes(encoded[1 + width :], "big"),
        )
        if not self.holds((x, y)):
            raise ValueError("the point is not on the curve")
        return x, y

    def holds(self, point: Point) -> bool:
        """Say whether the point is on the curve."""
        x, y = point
        in_field = 0 <= x < self.prime and 0 <= y < self.prime
        return in_field and (y * y - (x * x + self.a) * x - self.b) % self.prime == 0

    def multiply(self, scalar: int, element: bytes) -> bytes:
        """Return the element added to itself `scalar` times.

        Raises:
            ValueError: The element is not on the curve, or the result is the point at infinity.
        """
        return self.encode(self._affine(self._times(scalar, self.decode(element))))

    def add(self, first: bytes, second: bytes) -> bytes:
        """Return the sum.

        Raises:
            ValueError: An element is not on the curve, or the result is the point at infinity.
        """
        left, right = (*self.decode(first), 1), (*self.decode(second), 1)
        return self.encode(self._affine(self._sum(left, right)))

    def secret(self, element: bytes) -> bytes:
        """Return what is derived from an agreed element: its x coordinate."""
        return element[1 : 1 + self.width_bytes]

    def combine(self, first: int, second: int, point: Point) -> Point:
        """Return first x generator + second x point, as verifying an ECDSA signature needs.

        Raises:
            ValueError: The result is the point at infinity.
        """
        left = self._times(first, self.generator)
        return self._affine(self._sum(left, self._times(second, point)))

    def from_random(self, number: int) -> bytes:
        """Return a point that depends on a random number, of unknown logarithm.

        Args:
            number: Below the prime.

        Raises:
            ValueError: The number gives no point, or the prime is 1 modulo 4.

        Source: ICAO Doc 9303-11, appendix B.2.
        """
        p = self.prime
        if p % 4 != 3:
            raise ValueError("integrated mapping needs a prime that is 3 modulo 4")
        alpha = -number * number % p
        divisor = self.a * (alpha + alpha * alpha) % p
        x2 = -self.b * (alpha + alpha * alpha + 1) * pow(divisor, -1, p) % p
        x3 = alpha * x2 % p
        h2 = (pow(x2, 3, p) + self.a * x2 + self.b) % p
        u = pow(number, 3, p) * h2 % p
        root = pow(h2, p - 1 - (p + 1) // 4, p)
        is_square = root * root * h2 % p == 1
        point = (x2, root * h2 % p) if is_square else (x3, root * u % p)
        return self.encode(self._affine(self._times(self.cofactor, point)))

    def _times(self, scalar: int, point: Point) -> _Jacobian:
        result, step = _INFINITY, (*point, 1)
        for bit in f"{scalar:b}":
            result = self._double(result)
            if bit == "1":
                result = self._sum(result, step)
        return result

    def _double(self, point: _Jacobian) -> _Jacobian:
        x, y, z = point
        p = self.prime
        if not z or not y:
            return _INFINITY
        y2 = y * y % p
        s = 4 * x * y2 % p
        m = (3 * x * x + self.a * pow(z, 4, p)) % p
        x3 = (m * m - 2 * s) % p
        return x3, (m * (s - x3) - 8 * y2 * y2) % p, 2 * y * z % p

    def _sum(self, left: _Jacobian, right: _Jacobian) -> _Jacobian:
        if not left[2] or not right[2]:
            return right if not left[2] else left
        p = self.prime
        z1, z2 = left[2] * left[2] % p, right[2] * right[2] % p
        u1, u2 = left[0] * z2 % p, right[0] * z1 % p
        s1, s2 = left[1] * z2 * right[2] % p, right[1] * z1 * left[2] % p
        if u1 == u2:
            return self._double(left) if s1 == s2 else _INFINITY
        h, r = u2 - u1, s2 - s1
        h2 = h * h % p
        h3, v = h2 * h % p, u1 * h2 % p
        x3 = (r * r - h3 - 2 * v) % p
        return x3, (r * (v - x3) - s1 * h3) % p, left[2] * right[2] * h % p

    def _affine(self, point: _Jacobian) -> Point:
        x, y, z = point
        if not z:
            raise ValueError("the result is the point at infinity")
        inverse = pow(z, -1, self.prime)
        square = inverse * inverse % self.prime
        return x * square % self.prime, y * square * inverse % self.prime
