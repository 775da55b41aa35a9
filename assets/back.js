// Brings a reader back after a sign-in to the address where she began it; Streamlit itself always leads to the first page.
// The address stays in this tab's own memory, so it may be as long as a briefing, and no link can put another one there.
const KEY = "back", KEPT = 15 * 60000; // ms
const root = new URL(".", location).pathname;

document.addEventListener("click", (click) => {
  const link = click.target.closest?.("a[href^='sign-in']");
  if (link) sessionStorage.setItem(KEY, JSON.stringify([Date.now(), location.pathname + location.search]));
});

if (!document.documentElement.classList.contains("closed") && location.pathname === root && !location.search) {
  const [begun, address] = JSON.parse(sessionStorage.getItem(KEY) ?? "[0]");
  sessionStorage.removeItem(KEY);
  if (Date.now() - begun < KEPT && new URL(address, location).origin === location.origin && address !== root) location.replace(address);
}
