// SPDX-License-Identifier: MIT
//
// Numbers that a seed decides (mulberry32): random(seed)() is in [0, 1).
export function random(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

// The seeds to try: WLSYNC_SEED alone, or so many from 1 on (WLSYNC_ROUNDS times as many).
export function seeds(count) {
  if (process.env.WLSYNC_SEED) return [Number(process.env.WLSYNC_SEED)];
  return Array.from({ length: count * Number(process.env.WLSYNC_ROUNDS ?? 1) }, (_, i) => i + 1);
}
