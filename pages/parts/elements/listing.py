"""A list of a register as HTML, the same for every page; needs no browser."""

from collections.abc import Iterable, Mapping
from html import escape
from urllib.parse import quote, urlencode

from pages.parts.elements.content import Item, Listing
from pages.parts.elements.source_text import first_items, source_line
from pages.parts.shell.selection import View

TIES = ("sister", "friendship", "memorandum")
"""Kinds of item that have a dot of their colour."""


Address = Mapping[str, str] | None


def listing_html(view: View, listing: Listing, address: Address) -> str:
    """Title, measure and items, or the sentence for none. `address` is added to links; None: no links."""
    under = f'<div class="subtitle">{escape(listing.measure)}</div>' if listing.measure else ""
    body = "".join(_group(view, listing, title, items, address) for title, items in listing.groups if items)
    if listing.look and body:
        body = f'<div class="scroll {listing.look}" tabindex="0">{body}</div>'
    if not body and listing.empty:
        body = f'<div class="empty">{escape(listing.empty)}</div>'
    return f'<h2 class="title">{escape(listing.title)}</h2>{under}{body}'


def _group(view: View, listing: Listing, title: str, items: Iterable[Item], address: Address) -> str:
    named = f'<h3 class="part">{escape(title)}</h3>' if title else ""
    style = "timeline" if listing.look == "contacts" else "list"
    return f'{named}<ul class="{style}">{first_items(view, [item_html(view, item, address) for item in items], listing.most)}</ul>'


def item_html(view: View, item: Item, address: Address) -> str:
    """An item as `<li>`: its dot, lead, text and points, its accounts, and the line with note and sources."""
    look = f' class="{item.kind}"' if item.kind and item.kind not in TIES else ""
    dot = f'<i class="dot-{item.kind}"></i>' if item.kind in TIES else ""
    points = "".join(f"<li>{escape(point)}</li>" for point in item.points)
    points = f'<ul class="areas">{points}</ul>' if points else ""
    accounts = "".join(f'<p class="told {account.kind}">{_line(view, account)}</p>' for account in item.accounts)
    return f"<li{look}>{dot}{link_html(item, address)}{' ' if item.name else ''}{_line(view, item, points + accounts)}</li>"


def link_html(item: Item, address: Address) -> str:
    """The name of an item as its link."""
    if not item.name:
        return ""
    if address is None:
        return escape(item.name)
    query = escape(urlencode({**item.chosen, **address}, quote_via=quote))
    return f'<a class="door" href="?{query}">{escape(item.name)}</a>'


def _line(view: View, item: Item, inside: str = "") -> str:
    lead = f"<b>{escape(item.lead)}</b> " if item.lead else ""
    marks = "".join(f"<em>{escape(mark)}</em> " for mark in item.marks)
    details = [escape(part) for part in (", ".join(filter(None, item.facts)), item.note) if part]
    details = [part if part.endswith(".") else f"{part}." for part in details]
    details += ["; ".join(source_line(view, source) for source in item.sources)] if item.sources else []
    when = f'<span class="when">{" ".join(details)}</span>' if details else ""
    quoted = f' <span lang="en">({escape(item.quoted)})</span>' if item.quoted else ""
    return f"{lead}{marks}{escape(item.text)}{quoted}{inside}{when}"
