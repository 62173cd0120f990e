/** What enlivens the reader's pages: they are whole without it. */
document.documentElement.dataset.scripted = '';
