/**
 * True for the event of a dialog that the browser closed by itself. Firefox fires it late: by then a dialog that was closed
 * here may be open anew, or gone.
 */
export function closedUnasked({ target }: Event): boolean {
  return target instanceof HTMLDialogElement && target.isConnected && !target.open;
}
