/** Whether a value is nested deeper than so many levels. It counts by itself: what is too deep would end a recursion, too. */
export function isDeeperThan(value: unknown, levels: number): boolean {
  let layer: unknown[] = [value];
  for (let depth = 0; layer.length; depth++) {
    if (depth > levels) return true;
    layer = layer.flatMap((one) => (typeof one === 'object' && one !== null ? Object.values(one).filter((inner: unknown) => typeof inner === 'object' && inner !== null) : []));
  }
  return false;
}
