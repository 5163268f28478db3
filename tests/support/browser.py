"""A real Chromium, spoken to through a pipe (Chrome DevTools Protocol): no port, no driver.

Nothing waits for a time: each call returns when the browser has answered, and a page is
there when it says that it was loaded.
"""
import base64
import json
import os
import select
import shutil
import signal
import subprocess
import tempfile

ANSWER_S = 120


def missing():
    """Why there is none, or None."""
    return None if shutil.which("chromium") else "chromium is not installed"


class BrowserFailed(Exception):
    pass


class Browser:
    def __init__(self):
        self.profile = tempfile.TemporaryDirectory(prefix="loketzuil-browser-")
        to_read, self.to = os.pipe()
        self.come, from_write = os.pipe()
        # It reads what it is told at 3 and answers at 4.
        self.process = subprocess.Popen(
            ["bash", "-c", f'exec chromium "$@" 3<&{to_read} 4>&{from_write}', "chromium",
             "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
             "--no-first-run", "--disable-background-networking", "--lang=nl",
             f"--user-data-dir={self.profile.name}", "--remote-debugging-pipe",
             "about:blank"],
            pass_fds=(to_read, from_write), start_new_session=True, stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(to_read)
        os.close(from_write)
        self.rest, self.events, self.number, self.session = b"", [], 0, None
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.call("Target.attachToTarget", targetId=target,
                                 flatten=True)["sessionId"]
        for domain in "Page", "DOM", "Runtime", "Network":
            self.call(f"{domain}.enable")
        self.call("Network.setExtraHTTPHeaders", headers={"Accept-Language": "nl"})

    def __enter__(self):
        return self

    def __exit__(self, *_):
        # Killed, it would leave helpers that still write into its folder.
        try:
            self.session = None
            self.call("Browser.close")
            self.process.wait(ANSWER_S)
        except (BrowserFailed, OSError, subprocess.TimeoutExpired):
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
        os.close(self.to)
        os.close(self.come)
        self.profile.cleanup()

    # --- the wire

    def hear(self):
        while b"\0" not in self.rest:
            if not select.select([self.come], [], [], ANSWER_S)[0]:
                raise BrowserFailed(f"the browser said nothing for {ANSWER_S} s")
            part = os.read(self.come, 1 << 20)
            if not part:
                raise BrowserFailed("the browser has ended")
            self.rest += part
        message, self.rest = self.rest.split(b"\0", 1)
        return json.loads(message)

    def call(self, method, **parameters):
        self.number += 1
        message = {"id": self.number, "method": method, "params": parameters}
        if self.session:
            message["sessionId"] = self.session
        os.write(self.to, json.dumps(message).encode() + b"\0")
        while True:
            heard = self.hear()
            if heard.get("id") != self.number:
                self.events.append(heard)
            elif "error" in heard:
                raise BrowserFailed(f"{method}: {heard['error']['message']}")
            else:
                return heard["result"]

    def wait_for(self, method):
        while True:
            for i, event in enumerate(self.events):
                if event.get("method") == method:
                    del self.events[:i + 1]
                    return event["params"]
            self.events.append(self.hear())

    # --- what somebody does with it

    def set_screen(self, width, height, scripts=False):
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height,
                  deviceScaleFactor=1, mobile=True)
        self.call("Emulation.setScriptExecutionDisabled", value=not scripts)
        # What is measured from within needs a script of ours, which the page refuses.
        self.call("Page.setBypassCSP", enabled=False)

    def open(self, url):
        self.events.clear()
        if "errorText" in (said := self.call("Page.navigate", url=url)):
            raise BrowserFailed(f"{url}: {said['errorText']}")
        self.wait_for("Page.loadEventFired")

    def find(self, path):
        """The first node at that XPath; fails when there is none."""
        self.call("DOM.getDocument", depth=0)
        found = self.call("DOM.performSearch", query=path)
        if not found["resultCount"]:
            raise BrowserFailed(f"{path} is not on the page:\n{self.text()}")
        return self.call("DOM.getSearchResults", searchId=found["searchId"], fromIndex=0,
                         toIndex=1)["nodeIds"][0]

    def press(self, words):
        """A link or a button with these words, in its middle; until the next page is there."""
        node = self.find(f'(//a|//button)[contains(normalize-space(.), "{words}")]')
        self.call("DOM.scrollIntoViewIfNeeded", nodeId=node)
        corners = self.call("DOM.getBoxModel", nodeId=node)["model"]["border"]
        place = {"x": (corners[0] + corners[4]) / 2, "y": (corners[1] + corners[5]) / 2,
                 "button": "left", "clickCount": 1}
        self.events.clear()
        self.call("Input.dispatchMouseEvent", type="mousePressed", **place)
        self.call("Input.dispatchMouseEvent", type="mouseReleased", **place)
        self.wait_for("Page.loadEventFired")

    # --- what can be seen

    def source(self):
        node = self.call("DOM.getDocument", depth=0)["root"]["nodeId"]
        return self.call("DOM.getOuterHTML", nodeId=node)["outerHTML"]

    def snapshot(self):
        return self.call("DOMSnapshot.captureSnapshot", computedStyles=["color"],
                         includeDOMRects=True)

    def text(self):
        """All text that has a place on the page."""
        return " ".join(text for text, *_ in texts(self.snapshot()))

    def picture(self, path, whole=True):
        shot = self.call("Page.captureScreenshot", format="png", captureBeyondViewport=whole)
        with open(path, "wb") as file:
            file.write(base64.b64decode(shot["data"]))

    def colors_in(self, boxes):
        """Needs scripts. The colours that there are in each [x, y, width, height]."""
        shot = self.call("Page.captureScreenshot", format="png", captureBeyondViewport=True)
        return self.evaluate("""(async (data, boxes) => {
            const image = new Image();
            image.src = 'data:image/png;base64,' + data;
            await image.decode();
            const canvas = new OffscreenCanvas(image.width, image.height);
            const context = canvas.getContext('2d');
            context.drawImage(image, 0, 0);
            return boxes.map(([x, y, width, height]) => {
                const {data} = context.getImageData(x, y, Math.max(1, width),
                                                    Math.max(1, height));
                const colors = new Set();
                for (let i = 0; i < data.length; i += 4) {
                    colors.add(`rgb(${data[i]}, ${data[i + 1]}, ${data[i + 2]})`);
                }
                return [...colors];
            });
        })(%s, %s)""" % (json.dumps(shot["data"]), json.dumps(boxes)))

    def evaluate(self, expression):
        """Needs scripts. The value of the expression, awaited."""
        done = self.call("Runtime.evaluate", expression=expression, awaitPromise=True,
                         returnByValue=True)
        if "exceptionDetails" in done:
            raise BrowserFailed(str(done["exceptionDetails"]))
        return done["result"].get("value")


def _strings(snapshot, numbers):
    return [snapshot["strings"][number] if number >= 0 else "" for number in numbers]


def texts(snapshot):
    """(text, its colour, [x, y, width, height]) of each piece that is laid out."""
    layout = snapshot["documents"][0]["layout"]
    words = _strings(snapshot, layout["text"])
    for i, text in enumerate(words):
        if text.strip():
            yield text, _strings(snapshot, layout["styles"][i])[0], layout["bounds"][i]


def boxes(snapshot):
    """(name of the element, its words, [x, y, width, height]) of all that is laid out."""
    document = snapshot["documents"][0]
    names = _strings(snapshot, document["nodes"]["nodeName"])
    words = _strings(snapshot, document["layout"]["text"])
    parents = document["nodes"]["parentIndex"]
    said = {}
    for node, text in zip(document["layout"]["nodeIndex"], words):
        while text.strip() and node >= 0:
            said[node] = f"{said.get(node, '')} {text}".strip()
            node = parents[node]
    for node, box in zip(document["layout"]["nodeIndex"], document["layout"]["bounds"]):
        yield names[node], said.get(node, ""), box


def contrast(one, other):
    """WCAG 2, of two colours as a browser says them: "rgb(1, 2, 3)"."""
    def luminance(color):
        parts = [float(part) for part in color[color.index("(") + 1:-1].split(",")[:3]]
        linear = [part / 255 / 12.92 if part <= 10 else ((part / 255 + .055) / 1.055) ** 2.4
                  for part in parts]
        return .2126 * linear[0] + .7152 * linear[1] + .0722 * linear[2]
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + .05) / (dark + .05)
