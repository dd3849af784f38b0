"""The register of exports."""
