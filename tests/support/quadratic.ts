/** Work that grows with the square of its size, by which a count of steps is tried. */

export const quadratic: Record<string, (size: number) => unknown> = {
  loops: (size) => {
    let sum = 0;
    for (let i = 0; i < size; i += 1) for (let j = 0; j < size; j += 1) if (j % 2 === 0) sum += 1;
    return sum;
  },
  unshift: (size) => {
    const list: number[] = [];
    for (let i = 0; i < size; i += 1) list.unshift(i);
    return list;
  },
  replace: (size) => {
    let text = 'a'.repeat(size);
    for (let i = 0; i < size; i += 1) text = text.replace('b', 'c');
    return text;
  },
};
