// Runs in a page before anything of its own: notes when the page last changed, how far it shifted, how long its tasks took.
(() => {
  const seen = window.benchmark = { last: 0, draws: 0, pending: 0, clicked: 0, shifts: [], tasks: [] };
  const changed = () => { seen.last = performance.now(); };
  // That Streamlit's script runs is noted on an element and shows nowhere, so it is no change.
  const shows = record => record.attributeName !== 'data-test-script-state';
  new MutationObserver(records => { if (records.some(shows)) changed(); }).observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
  addEventListener('click', () => { seen.clicked = performance.now(); changed(); }, true);

  // Paint on a visible canvas is no mutation of the document.
  const before = (kind, names, note) => names.forEach(name => {
    const own = kind && kind.prototype[name];
    if (own) kind.prototype[name] = function (...given) { note(this); return own.apply(this, given); };
  });
  before(window.CanvasRenderingContext2D, ['fillText', 'fillRect', 'clearRect', 'drawImage', 'stroke', 'fill'],
    context => { if (context.canvas.isConnected) changed(); });

  // A WebGL picture is there when the graphics processor (here: software) has done what it was told, not when it was told.
  const fenced = new WeakSet();
  const fence = gl => {
    if (!gl.canvas.isConnected) return;
    changed();
    seen.draws += 1;
    if (!gl.fenceSync || fenced.has(gl)) return;
    fenced.add(gl);
    seen.pending += 1;
    setTimeout(() => {
      fenced.delete(gl);
      const sync = gl.fenceSync(gl.SYNC_GPU_COMMANDS_COMPLETE, 0);
      gl.flush();
      const look = () => {
        if (sync && !gl.isContextLost() && gl.getSyncParameter(sync, gl.SYNC_STATUS) !== gl.SIGNALED) return setTimeout(look, 4);
        if (sync) gl.deleteSync(sync);
        seen.pending -= 1;
        changed();
      };
      look();
    });
  };
  const draws = ['drawArrays', 'drawElements', 'drawArraysInstanced', 'drawElementsInstanced', 'drawRangeElements'];
  before(window.WebGL2RenderingContext, draws, fence);
  before(window.WebGLRenderingContext, draws, fence);

  const observe = (type, note) => new PerformanceObserver(list => list.getEntries().forEach(note)).observe({ type, buffered: true });
  observe('layout-shift', entry => seen.shifts.push([entry.startTime, entry.value, entry.hadRecentInput]));
  observe('longtask', entry => seen.tasks.push([entry.startTime, entry.duration]));
})();
