"""The same content as a tutorial would write it: six metrics, three plotly express charts, pydeck, a table, a filter."""

from pathlib import Path

import pandas as pd
import plotly.express as px
import pydeck as pdk
import streamlit as st

DATA = Path(__file__).parent / "data"


@st.cache_data
def load(name):
    return pd.read_csv(DATA / f"{name}.csv")


st.set_page_config(page_title="City exchange", layout="wide")
st.title("City exchange dashboard")

agreements = load("agreements").merge(load("cities"), on="city_id")
exports = load("policy_exports")
fund = load("fund")
agreements["year"] = agreements["signed"].str.extract(r"(\d{4})").astype(float)
exports["year"] = exports["started"].str.extract(r"(\d{4})").astype(float)

kind = st.selectbox("Type", ["all", "sister", "friendship"])
chosen = agreements if kind == "all" else agreements[agreements["type"] == kind]

columns = st.columns(6)
columns[0].metric("Partner cities", chosen["city_id"].nunique())
columns[1].metric("Countries", chosen["country_code"].nunique())
columns[2].metric("Exported projects", len(exports))
columns[3].metric("Fund", f"{fund['value'].max():,.0f}")
columns[4].metric("Organisations", len(load("organisations")))
columns[5].metric("Networks", len(load("networks")))

home = load("cities").iloc[0]
places = chosen[["name_en", "country_code", "type", "signed", "lat", "lon"]].dropna(subset=["lat", "lon"])
st.pydeck_chart(
    pdk.Deck(
        layers=[
            pdk.Layer("ScatterplotLayer", places, get_position="[lon, lat]", get_radius=80000, get_fill_color=[200, 30, 60], pickable=True),
            pdk.Layer(
                "ArcLayer",
                places,
                get_source_position=[home["lon"], home["lat"]],
                get_target_position="[lon, lat]",
                get_source_color=[200, 30, 60],
                get_target_color=[30, 60, 200],
            ),
        ],
        initial_view_state=pdk.ViewState(latitude=20, longitude=100, zoom=1),
        map_provider=None,  # the usual default asks a map server abroad for its tiles, which a fair comparison leaves out
        tooltip={"text": "{name_en}"},
    )
)

by_year = chosen.groupby("year").size().cumsum().reset_index(name="cities")
st.plotly_chart(px.line(by_year, x="year", y="cities", title="Growth"))
left, right = st.columns(2)
left.plotly_chart(px.bar(exports.groupby("year").size().reset_index(name="projects"), x="year", y="projects", title="Policy exports"))
right.plotly_chart(px.bar(fund, x="date", y="value", color="measure", title="Fund"))
st.dataframe(chosen)
