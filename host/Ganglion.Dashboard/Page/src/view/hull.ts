// The convex hull of points seen from above.
import type { Vector3 } from "three";

/** Its corners, counter-clockwise; all points where they are fewer than three. Andrew's monotone chain. */
export function hullOf(points: Vector3[]): Vector3[] {
  if (points.length < 3) {
    return points;
  }
  const sorted = [...points].sort((a, b) => a.x - b.x || a.y - b.y);
  const hull: Vector3[] = [];
  for (const way of [sorted, [...sorted].reverse()]) {
    const floor = hull.length;
    for (const point of way) {
      while (hull.length >= floor + 2 && turn(hull[hull.length - 2], hull[hull.length - 1], point) <= 1e-12) {
        hull.pop();
      }
      hull.push(point);
    }
    hull.pop();
  }
  return hull;
}

const turn = (a: Vector3, b: Vector3, c: Vector3): number => (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
