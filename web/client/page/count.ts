/** Animates the number of members once, when it comes into view; before and after it is the server's number. */

const durationMs = 1200;

export function countUp(): void {
  if (matchMedia('(prefers-reduced-motion: reduce)').matches) return;
  const seen = new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) {
        if (!isIntersecting) continue;
        seen.unobserve(target);
        count(target as HTMLElement);
      }
    },
    { threshold: 1 },
  );
  for (const number of document.querySelectorAll('[data-count]')) seen.observe(number);
}

function count(element: HTMLElement): void {
  const text = element.textContent ?? '';
  const goal = Number(element.dataset.count);
  const began = performance.now();
  // Reserves the final width, so that the layout does not shift.
  element.style.minWidth = `${element.offsetWidth}px`;
  const step = (now: number) => {
    const part = Math.min(1, (now - began) / durationMs);
    const shown = Math.round(goal * (1 - (1 - part) ** 3));
    element.textContent = part === 1 ? text : text.replace(/\d[\d.,’\s]*\d|\d/, shown.toLocaleString('en'));
    if (part < 1) requestAnimationFrame(step);
  };
  requestAnimationFrame(step);
}
