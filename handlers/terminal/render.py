"""A message as terminal text."""

from bot.answering import Message

BOLD, DIM, CYAN, RESET = "\033[1m", "\033[2m", "\033[36m", "\033[0m"


def render(message: Message, *, coloured: bool) -> str:
    """Title, short answer, details, footer, then the buttons as numbers."""

    def paint(colour: str, text: str) -> str:
        return f"{colour}{text}{RESET}" if coloured and text else text

    blocks = []
    if message.title:
        blocks.append(paint(BOLD, message.title))
    blocks.append("\n".join(message.lead))
    for section in message.details:
        blocks.append("\n".join((paint(BOLD, section.title), *section.lines)))
    blocks.append(paint(DIM, "\n".join(message.footer)))
    buttons = (f"[{number}] {button.text}" for number, button in enumerate(message.buttons, 1))
    blocks.append(paint(CYAN, "\n".join(buttons)))
    return "\n\n".join(block for block in blocks if block)
