"""What keeps a person out of the log: masking, pseudonyms, retention, the right to see and erase."""

from bot.privacy.masking import LABELS, Masked, mask, without_masks
from bot.privacy.pseudonyms import Pseudonyms

__all__ = ["LABELS", "Masked", "Pseudonyms", "mask", "without_masks"]
