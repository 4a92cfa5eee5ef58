"""What keeps a person out of the log: masking of texts, pseudonyms for ids."""

from bot.privacy.masking import Masked, mask
from bot.privacy.pseudonyms import Pseudonyms

__all__ = ["Masked", "Pseudonyms", "mask"]
