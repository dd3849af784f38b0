"""How a change becomes durable, allowed and remembered."""
