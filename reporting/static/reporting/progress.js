// Follows a counting job: asks for its progress every two seconds and writes it in, until
// it is finished. Without this script the page shows the progress of when it was opened.
(function () {
    "use strict";
    var PAUSE = 2000;

    function show(box, told) {
        var files = told.files;
        var all = files.asked + files.done + files.failed;
        write(box, "counted", told.done, told.total);
        write(box, "drawn", files.done + files.failed, all);
        box.querySelector("[data-failed]").textContent = files.failed;
        box.querySelector("[data-error]").textContent = told.error;
    }

    function write(box, name, done, total) {
        var bar = box.querySelector("progress[data-of=" + name + "]");
        bar.max = Math.max(total, 1);
        bar.value = done;
        box.querySelector("[data-text=" + name + "]").textContent = done + " / " + total;
    }

    function follow(box) {
        fetch(box.dataset.progress, {headers: {Accept: "application/json"}})
            .then(function (answer) {
                if (!answer.ok) { throw new Error(answer.status); }
                return answer.json();
            })
            .then(function (told) {
                show(box, told);
                if (!told.finished) { setTimeout(follow, PAUSE, box); }
            })
            .catch(function () { setTimeout(follow, 5 * PAUSE, box); });
    }

    document.addEventListener("DOMContentLoaded", function () {
        document.querySelectorAll("[data-progress]").forEach(follow);
    });
})();
