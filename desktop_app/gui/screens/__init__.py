"""The screens, one package per area."""
