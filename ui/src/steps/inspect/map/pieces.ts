// Work on the page in pieces: each waits until the screen shows what the one before made, so
// that neither the pieces nor what it takes to show them add up to one long task.

/** Calls `piece` behind each frame until it says that nothing is left. Its answer calls that off. */
export function inPieces(piece: () => boolean): () => void {
  let frame = 0;
  let turn: ReturnType<typeof setTimeout> | undefined;
  const next = (): void => {
    frame = requestAnimationFrame(() => {
      turn = setTimeout(() => {
        if (piece()) next();
      });
    });
  };
  next();
  return () => {
    cancelAnimationFrame(frame);
    clearTimeout(turn);
  };
}
