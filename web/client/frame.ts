/** Reports the height of an embed page to the page around its frame. */
export {};

const { body } = document;
new ResizeObserver(() => {
  // The height is not secret: the page around the frame can measure it.
  parent.postMessage(
    { type: 'dateline:resize', height: Math.ceil(body.getBoundingClientRect().height) },
    '*',
  );
}).observe(body);
