// Unfold writes the name of a chosen file into the first field for text near its own widget
// for files. No page here draws that widget: it would be the applicant's name, or a figure.
// Marked before the page's load event, at which Unfold would begin to listen.
document.addEventListener("DOMContentLoaded", () => {
  for (const input of document.querySelectorAll("input[type=file]"))
    input.hasChangeListener = true;
});
