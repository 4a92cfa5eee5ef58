"""Tickets: questions that citizens, with their consent, left with an address for an answer."""

from bot.tickets.ticket import Kind, Ticket, code_of

__all__ = ["Kind", "Ticket", "code_of"]
