"""The fourth schema: what the everyday work wanted beside the third, a module an area."""
