// Follows an import: asks every two seconds how many rows were read, and loads the page anew
// when a state is reached. Without this script the page shows the moment it was opened.
(function () {
    "use strict";
    var PAUSE = 2000;

    function follow(box) {
        fetch(box.dataset.import, {headers: {Accept: "application/json"}})
            .then(function (answer) {
                if (!answer.ok) { throw new Error(answer.status); }
                return answer.json();
            })
            .then(function (told) {
                if (told.state !== box.dataset.state) { window.location.reload(); return; }
                var bar = box.querySelector("progress");
                bar.max = Math.max(told.total || 1, told.done);
                bar.value = told.done;
                box.querySelector("[data-read]").textContent =
                    told.total ? told.done + " / " + told.total : told.done;
                setTimeout(follow, PAUSE, box);
            })
            .catch(function () { setTimeout(follow, 5 * PAUSE, box); });
    }

    document.addEventListener("DOMContentLoaded", function () {
        document.querySelectorAll("[data-import]").forEach(follow);
    });
})();
