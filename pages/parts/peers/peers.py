"""The page of peer cities: headline, overlap with each, their partners on a map and as a list, the counts that they publish."""

from dataclasses import replace
from html import escape

from charts import bars
from charts.map import Kind, World
from charts.map import legend as map_legend
from charts.map import world as drawn_world
from charts.theme import drawn
from metrics.schema.names import STANDARD, Rows, names
from metrics.schema.release import cached_by_release
from metrics.themes import peers
from metrics.themes.partnerships import documented_partners
from pages.parts.elements.content import Behind, Figure, Headline, Item, Listing, Nothing
from pages.parts.elements.map import home_of
from pages.parts.elements.reading_text import bullets, paragraphs, section
from pages.parts.elements.row_text import source_line
from pages.parts.elements.ties import map_kinds
from pages.parts.shell.selection import View
from pages.parts.shell.stylesheet import strong

ON_MAP = 5
"""Peers whose partners are drawn on the map, the first that are chosen."""
NAMED = 3
"""Places that the headline names."""
NONE = "none"
CHOSEN = ":chosen"
"""The kind of the chosen dot; no code of the city's begins so."""
KINDS = (
    Kind(peers.LACKING, "muted", False, 4.5),
    Kind(peers.DOUBT, "muted", True, 3.5),
    Kind(peers.PEER, "ink", True, 6),
    Kind(CHOSEN, "ink", False, 9),
)

Chosen = tuple[str, ...]


def chosen_peers(view: View, text: str) -> Chosen:
    """The peers of the parameter `peers`, ids between commas in the reader's order; the usual ones for an empty text."""
    if not text:
        return peers.usual(view.release, view.selection.as_of)
    known = peers.to_choose(view.release, view.selection.as_of)
    return tuple(dict.fromkeys(id for id in text.split(",") if id in known))[: peers.AT_ONCE]


def as_text(view: View, chosen: Chosen) -> str:
    """The parameter for peers: empty for the usual ones, NONE for none."""
    return "" if chosen == peers.usual(view.release, view.selection.as_of) else ",".join(chosen) or NONE


def place_names(view: View):
    """The names of peers and their partners by place_id: those of the same city in the register, where it has one."""
    rows, own = peers.places(view.release), names(view.release, "city", view.selection.lang)
    return rows["city_id"].map(own).fillna(names(view.release, "peer", view.selection.lang))


def country_of(view: View, code: str) -> str:
    """The name of a country, also of one that the table of territories lacks."""
    known = names(view.release, "country", view.selection.lang)
    return known.get(code) or (STANDARD["country"](view.selection.lang).get(code, code) if "country" in STANDARD else code)


def listed(view: View, ids) -> str:
    """Some places by name, between commas."""
    called = place_names(view)
    return ", ".join(called[id] for id in ids)


def headline(view: View, chosen: Chosen) -> Headline:
    words, rows = view.words, peers.partners(view.release, view.selection.as_of, chosen)
    if rows.empty:
        return Headline(escape(words.t("peers.none")))
    city, common = escape(view.home_name), int((rows["standing"] == peers.COMMON).sum())
    with_ties = int(peers.side_by_side(view.release, view.selection.as_of, chosen)["listed"].notna().sum())
    first = words.n("peers.headline", with_ties, city=city, all=len(rows), common=strong(words.number(common)))
    lacking = rows[rows["standing"] == peers.LACKING]
    most = lacking[lacking["shared"] == lacking["shared"].max()]
    if most.empty or most["shared"].iloc[0] < 2:
        return Headline(first)
    named, more = escape(listed(view, most.index[:NAMED])), len(most) - NAMED
    places = words.n("peers.and_more", more, places=named) if more > 0 else named
    return Headline(
        f"{first} {words.n('peers.headline_lacking', len(most), shared=most['shared'].iloc[0], city=city, places=strong(places))}"
    )


def misses(view: View) -> str:
    """What the list misses, as far as the home city's own rows show it."""
    words, missed, on = view.words, peers.missed(view.release, view.selection.as_of), view.selection.as_of
    if missed is None:
        return words.t("peers.misses_unknown")
    return words.t("peers.misses", city=view.home_name, listed=missed.listed, documented=missed.documented, day=on)


def overlap(view: View, chosen: Chosen) -> Figure | Nothing:
    """The partners in common with each peer, in the order chosen, with those listed of it."""
    words, table = view.words, peers.side_by_side(view.release, view.selection.as_of, chosen)
    title = words.t("peers.overlap", city=view.home_name)
    if table.empty:
        return Nothing("peers-overlap", title, words.t("peers.none"))
    table = table.assign(label=place_names(view).reindex(table.index))
    ends = [
        words.t("peers.of_listed", common=row.common, listed=row.listed) if row.listed == row.listed else words.t("peers.no_list")
        for row in table.astype(object).where(table.notna(), float("nan")).itertuples()
    ]
    counts = table[["label"]].assign(value=table["common"].fillna(0).astype(int), text=ends).reset_index(drop=True)
    drawing = drawn(bars.across(counts, view.palette, words, ordered=True))
    twin = table.rename(columns={"label": "peer_city", "doubt": "in_doubt"})[["peer_city", "common", "lacking", "in_doubt", "listed"]]
    sources = cited_peers(view, chosen)
    behind = Behind("", words.n("peers.behind", len(table)), lambda: _behind(view, table, sources))
    return Figure("peers-overlap", "", title, words.t("peers.overlap_measure"), drawing, lambda: twin, sources, behind)


def cited_peers(view: View, chosen: Chosen) -> tuple[str, ...]:
    """The sources of the partners of the chosen peers."""
    rows = peers.partners(view.release, view.selection.as_of, chosen)
    return tuple(dict.fromkeys(source for sources in rows["sources"] for source in sources))


def _behind(view: View, table: Rows, sources: tuple[str, ...]) -> str:
    """The drawer: definition, the sum of each peer with its numbers, sources."""
    words = view.words
    sums = [
        words.t("peers.formula", city=row["label"], **{name: row[name] for name in ("listed", *peers.STANDINGS)})
        for row in table[table["listed"].notna()].to_dict("records")
    ]
    return (
        section(words.t("drawer.definition"), paragraphs([words.t("peers.definition", city=view.home_name), misses(view)]))
        + section(words.t("drawer.formula"), bullets(map(escape, sums)))
        + section(words.t("drawer.sources"), bullets(source_line(view, source) for source in sources))
    )


def lacking(view: View, chosen: Chosen) -> Listing:
    """The partners of the peers that the home city lacks, those that most of them have first."""
    return _partners(view, chosen, (peers.LACKING,))


def every_partner(view: View, chosen: Chosen) -> Listing:
    """The same, and after them those in common and those in doubt: what the map shows."""
    return _partners(view, chosen, (peers.LACKING, peers.COMMON, peers.DOUBT))


def _partners(view: View, chosen: Chosen, standings: tuple[str, ...]) -> Listing:
    words, rows = view.words, peers.partners(view.release, view.selection.as_of, chosen)
    groups = []
    for standing in standings:
        part = rows[rows["standing"] == standing]
        groups.append((words.n(f"peers.{standing}", len(part), city=view.home_name), _items(view, part)))
    (title, first), *others = groups
    heads = {"text": words.t("peers.place"), "facts": words.t("peers.of_peers")}
    return Listing("peers-partners", title, "", (("", first), *others), words.t("newest.none"), heads, "peers")


def _items(view: View, rows: Rows) -> tuple[Item, ...]:
    """Partners of peers, each with the peers that have it; one in doubt with the partner that it may be."""
    words, called = view.words, place_names(view)
    own, kinds = names(view.release, "city", view.selection.lang), _kinds_of_tie(view)
    return tuple(
        Item(
            f"{called[row['place_id']]}, {country_of(view, row['country_code'])}",
            facts=(listed(view, row["peers"]),),
            note=words.t("peers.near", city=view.home_name, near=own[row["near"]]) if row["standing"] == peers.DOUBT else "",
            kind=kinds.get(row["city_id"], "") if row["standing"] == peers.COMMON else "",
        )
        for row in rows.to_dict("records")
    )


def _kinds_of_tie(view: View) -> dict[str, str]:
    """The kind of tie of each partner of the home city, by city_id."""
    rows = documented_partners(view.release, view.selection.as_of)
    return dict(zip(rows["city_id"], rows["type"], strict=True))


def counts(view: View, chosen: Chosen) -> Listing:
    """The counts that the chosen peers publish, as given: each with its unit, level, date and standing."""
    words, rows, called = view.words, peers.counts(view.release, view.selection.as_of, chosen), place_names(view)
    levels = peers.places(view.release)["level"]
    items = tuple(
        Item(
            f"{words.number(row['value'])} {words.name(row, 'counted')}",
            lead=called[row["place_id"]],
            facts=(words.of("level", levels[row["place_id"]]), words.edtf(row["as_of"]) if row["as_of"] else words.t("source.undated")),
            marks=() if row["role"] == "primary" else (words.of("standing", row["role"]),),
            note=words.name(row, "note"),
            sources=(row["source_id"],),
            kind="" if row["role"] == "primary" else "aside",
        )
        for row in rows.to_dict("records")
    )
    heads = {"lead": words.t("peers.city"), "text": words.t("peers.counted"), "facts": words.t("peers.level_and_date")}
    return Listing(
        "peers-counts", words.t("peers.counts"), words.t("peers.counts_measure"), (("", items),), words.t("peers.no_counts"), heads, "short"
    )


def map_title(view: View, chosen: Chosen) -> str:
    return view.words.t("peers.map", cities=listed(view, chosen[:ON_MAP]))


@cached_by_release()
def drawn_map(view: View, chosen: Chosen, place: str = "") -> World:
    """The map of the first peers and their partners, one of which may be chosen; arcs lead from the peers, in grey."""
    rows = peers.with_partners(view.release, view.selection.as_of, chosen[:ON_MAP])
    kinds = rows["city_id"].map(_kinds_of_tie(view)).where(rows["standing"] == peers.COMMON, rows["standing"])
    rows = rows.assign(
        city_id=rows["place_id"],
        type=kinds.mask(rows["place_id"] == place, CHOSEN),
        name=rows["place_id"].map(place_names(view)),
        country=[country_of(view, code) for code in rows["country_code"]],
        line=[listed(view, ids) or view.words.t("peers.city") for ids in rows["peers"]],
        since="",
        origins=rows["peers"],
        weight=rows["shared"].mask(rows["place_id"] == place, peers.AT_ONCE + 2),
    )
    world = drawn_world(rows, home_of(view), view.palette, None, (*KINDS, *map_kinds(view.release)), within=rows)
    return replace(world, arcs="muted")


def map_dots(view: View, chosen: Chosen) -> list[tuple[str, str, str]]:
    """(word, colour, shape) of the dots of the map."""
    words, rows = view.words, peers.partners(view.release, view.selection.as_of, chosen[:ON_MAP])
    ties = {_kinds_of_tie(view)[city] for city in rows.loc[rows["standing"] == peers.COMMON, "city_id"]}
    shown = {peers.PEER, *ties, *rows["standing"]}
    named = {"home": view.home_name, peers.PEER: words.t("peers.city")}
    named |= {peers.LACKING: words.t("peers.dot_lacking"), peers.DOUBT: words.t("peers.dot_doubt")}
    kinds = [kind for kind in (*KINDS, *map_kinds(view.release)) if kind.type in shown]
    return [(named.get(kind) or words.of("tie", kind), *look) for kind, *look in map_legend(view.palette, kinds)]


def place_row(view: View, chosen: Chosen, place: str) -> dict:
    """The row of a peer or of a partner of one, with its standing and the peers that have it; empty for any other place."""
    rows = peers.with_partners(view.release, view.selection.as_of, chosen)
    return next(iter(rows[rows["place_id"] == place].to_dict("records")), {})


def place_lines(view: View, row: dict) -> tuple[str, ...]:
    """What is said of a place: whose partner it is."""
    words, city = view.words, view.home_name
    if row["standing"] == peers.PEER:
        table = peers.side_by_side(view.release, view.selection.as_of, (row["place_id"],)).to_dict("records")[0]
        with_home = (words.t("peers.with_home", city=city),) if table["with_home"] else ()
        return (
            words.t("peers.formula", **{"city": place_names(view)[row["place_id"]], **{n: table[n] for n in ("listed", *peers.STANDINGS)}}),
            *with_home,
        )
    partner = words.t("peers.partner_of", cities=listed(view, row["peers"]))
    if row["standing"] == peers.DOUBT:
        near = names(view.release, "city", view.selection.lang)[row["near"]]
        return (partner, words.t("peers.near", city=city, near=near))
    return (partner, words.t(f"peers.is_{row['standing']}", city=city))
