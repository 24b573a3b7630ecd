"""Builds the files under tests/exchange/forms: forms as offices make them, with what must be read of them."""
