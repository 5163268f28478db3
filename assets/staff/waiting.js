/* Renews the waiting room's page and says who is called. Without it the page renews
   itself whole, and nothing is spoken. */
"use strict";

const RENEW_MS = 3000;
const told = new Set();

function calls(page) {
    return [...page.querySelectorAll("[data-call]")].reverse();
}

function say(text) {
    const words = new SpeechSynthesisUtterance(text);

    words.lang = document.documentElement.lang;
    words.rate = 0.9;
    speechSynthesis.speak(words);
}

/* The oldest call first; each once. */
function tell(page) {
    for (const call of calls(page)) {
        if (!told.has(call.dataset.call)) {
            told.add(call.dataset.call);
            if ("speechSynthesis" in window) {
                say(call.dataset.say);
            }
        }
    }
}

async function renew() {
    try {
        const answer = await fetch(location.href, {cache: "no-store"});

        if (answer.ok) {
            const page = new DOMParser().parseFromString(await answer.text(), "text/html");

            document.getElementById("room").replaceWith(page.getElementById("room"));
            document.body.classList.remove("stale");
            tell(document);
        }
    } catch {
        document.body.classList.add("stale"); /* it is tried again */
    }
    setTimeout(renew, RENEW_MS);
}

/* What was called before this screen was switched on is not news. */
for (const call of calls(document)) {
    told.add(call.dataset.call);
}
setTimeout(renew, RENEW_MS);
