"""What the use cases ask of the world: small protocols with the failures each may raise."""
