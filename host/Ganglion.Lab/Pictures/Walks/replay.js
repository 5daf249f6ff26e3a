// Draws all walks of a trial at one moment. Frames are little-endian 16-bit numbers, in the order that WalkReplay.cs gives.
(() => {
  const walks = JSON.parse(document.getElementById("walks").textContent);
  const [button, slider, clock] = document.querySelector(".replay").children;
  const figures = [...document.querySelectorAll(".walks figure")];
  const ink = "#222", soft = "#555", left = "#c2571a", right = "#3d6fa3", mass = "#0b6e4f", moment = "#b00020", ground = "#8a5a2b";
  const { way, length, load, angle } = walks.units;

  for (const run of walks.runs) {
    const text = atob(run.frames), view = new DataView(Uint8Array.from(text, c => c.charCodeAt(0)).buffer);
    run.count = text.length / 2 / walks.numbers;
    run.at = frame => Array.from({ length: walks.numbers }, (_, i) => {
      const number = view.getInt16(2 * (frame * walks.numbers + i), true);
      return number === -32768 ? NaN : number;
    });
  }

  const line = (pen, points, colour, thickness) => {
    pen.strokeStyle = colour;
    pen.lineWidth = thickness;
    pen.lineJoin = pen.lineCap = "round";
    pen.beginPath();
    points.forEach(([x, y], i) => i === 0 ? pen.moveTo(x, y) : pen.lineTo(x, y));
    pen.stroke();
  };

  const mark = (pen, x, y, colour, name) => {
    if (Number.isNaN(x + y)) {
      return;
    }
    pen.fillStyle = colour;
    pen.beginPath();
    pen.arc(x, y, 4, 0, 2 * Math.PI);
    pen.fill();
    pen.fillText(name, x + 7, y + 4);
  };

  // Corners of the hull around points, by Andrew's chain.
  const hull = points => {
    const sorted = [...points].sort((a, b) => a[0] - b[0] || a[1] - b[1]);
    const half = some => some.reduce((chain, p) => {
      while (chain.length > 1 && (chain.at(-1)[0] - chain.at(-2)[0]) * (p[1] - chain.at(-2)[1]) -
        (chain.at(-1)[1] - chain.at(-2)[1]) * (p[0] - chain.at(-2)[0]) <= 0) {
        chain.pop();
      }
      return [...chain, p];
    }, []);
    return [...half(sorted).slice(0, -1), ...half(sorted.reverse()).slice(0, -1)];
  };

  const side = (pen, n, width, height) => {
    const scale = width / 1.5, hipsX = n[0] * way, hipsZ = n[1] * length, belt = n[walks.numbers - 1] * angle;
    const under = walks.ground.heights[Math.round((hipsX - walks.ground.from) / walks.ground.every)] ?? 0;
    const place = (x, z) => [width / 2 + scale * (x * Math.cos(belt) - z * Math.sin(belt)),
      height - 24 - scale * (x * Math.sin(belt) + z * Math.cos(belt))];
    const of = i => place(n[i] * length, hipsZ - under + n[i + 1] * length);
    const hills = walks.ground.heights.map((z, i) => [walks.ground.from + i * walks.ground.every - hipsX, z - under])
      .filter(([x]) => Math.abs(x) < 0.9);
    line(pen, hills.length ? hills.map(([x, z]) => place(x, z)) : [place(-0.9, 0), place(0.9, 0)], ground, 1.5);
    const hips = place(0, hipsZ - under);
    for (const [first, colour] of [[12, right], [4, left]]) {
      line(pen, [hips, of(first), of(first + 2), of(first + 6), of(first + 4), of(first + 2)], colour, 3);
    }
    line(pen, [hips, of(2)], ink, 5);
  };

  const above = (pen, n, width, top, height) => {
    const scale = Math.min(width / 0.9, height / 0.5), [long, wide] = walks.sole;
    const feet = [[n[20], n[21], n[22], left], [n[23], n[24], n[25], right]];
    const middle = (n[21] + n[24]) / 2 * length;
    const place = (x, y) => [width / 2 + scale * x, top + height / 2 - scale * (y - middle)];
    const corners = (x, y) => [[-1, -1], [1, -1], [1, 1], [-1, 1]].map(([a, b]) => [x + a * long / 2, y + b * wide / 2]);
    const standing = feet.filter(foot => foot[2] * load > 5);
    const support = hull(standing.flatMap(foot => corners(foot[0] * length, foot[1] * length)));
    if (support.length) {
      pen.fillStyle = "#eee9dd";
      pen.beginPath();
      support.forEach(([x, y], i) => i === 0 ? pen.moveTo(...place(x, y)) : pen.lineTo(...place(x, y)));
      pen.fill();
    }
    for (const [x, y, force, colour] of feet) {
      const shape = corners(x * length, y * length).map(corner => place(...corner));
      line(pen, [...shape, shape[0]], colour, force * load > 5 ? 2.5 : 0.8);
    }
    if (Math.abs(n[30]) > 1) {
      line(pen, [[8, top + height - 8], [8 + scale * n[30] * length, top + height - 8]], "#8a4f9e", 3);
    }
    pen.fillStyle = "#8a4f9e";
    pen.fillText(`Tegotae ${Math.round(n[30])} mm`, 6, top + height - 14);
    mark(pen, ...place(n[26] * length, n[27] * length), mass, "CoM");
    mark(pen, ...place(n[28] * length, n[29] * length), moment, "ZMP");
  };

  const show = () => {
    const frame = Number(slider.value);
    clock.textContent = `${(frame * walks.period).toFixed(2)} s`;
    figures.forEach((figure, i) => {
      const run = walks.runs[i], [canvas, caption] = figure.children, width = canvas.clientWidth || 300, tall = 1.0 * width + 130;
      const ratio = window.devicePixelRatio || 1, pen = canvas.getContext("2d");
      canvas.width = width * ratio;
      canvas.height = tall * ratio;
      pen.setTransform(ratio, 0, 0, ratio, 0, 0);
      pen.fillStyle = "#fff";
      pen.fillRect(0, 0, width, tall);
      pen.font = "12px sans-serif";
      const n = run.at(Math.min(frame, run.count - 1));
      side(pen, n, width, tall - 130);
      above(pen, n, width, tall - 130, 130);
      pen.fillStyle = soft;
      pen.fillText(`${(n[0] * way).toFixed(2)} m`, 6, 16);
      caption.textContent = frame >= run.count - 1 ? `${run.name}: ${run.outcome}` : run.name;
    });
  };

  let begun = null;
  const play = now => {
    if (begun === null) {
      return;
    }
    slider.value = Math.floor((now - begun) / 1000 / walks.period);
    show();
    if (Number(slider.value) >= Number(slider.max)) {
      stop();
    } else {
      requestAnimationFrame(play);
    }
  };
  const stop = () => {
    begun = null;
    button.textContent = "Play";
  };
  button.addEventListener("click", () => {
    if (begun !== null) {
      stop();
      return;
    }
    const from = Number(slider.value) >= Number(slider.max) ? 0 : Number(slider.value);
    begun = performance.now() - 1000 * walks.period * from;
    button.textContent = "Stop";
    requestAnimationFrame(play);
  });
  slider.addEventListener("input", () => {
    stop();
    show();
  });
  new ResizeObserver(show).observe(document.querySelector(".walks"));
  show();
})();
