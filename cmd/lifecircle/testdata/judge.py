"""A second opinion on travel over roads, in plain Python with heapq.

Reads one JSON object (the streets with their vertices and speeds, the arcs
between nodes, facilities and rows) and answers with the times of all nodes and
of all rows. It shares no code with the program that it judges: times of
streets, walks to the street, small pieces of network and the search are done
again here, in the simplest way that is still quick enough.
"""
import heapq
import json
import math
import sys

A, F = 6378137.0, 1 / 298.257223563
E2 = F * (2 - F)
TURN = 3_600_000_000
NEVER = -1


def metric(lat):
    """Metres a unit of 1e-7 degree, east and north, at a latitude."""
    s = math.sin(math.radians(lat))
    w = 1 - E2 * s * s
    unit = math.radians(1e-7)
    return A / math.sqrt(w) * math.cos(math.radians(lat)) * unit, A * (1 - E2) / w**1.5 * unit


def wrap(d):
    return (d + TURN / 2) % TURN - TURN / 2


def metres(p, q):
    kx, ky = metric((p[1] + q[1]) / 2 * 1e-7)
    return math.hypot(wrap(q[0] - p[0]) * kx, (q[1] - p[1]) * ky)


def piece_ms(mm, kmh):
    return math.floor(mm * 3.6 / kmh + 0.5)


class Town:
    def __init__(self, d):
        self.d, self.o = d, d["snap"]
        self.edges = d["edges"]
        for e in self.edges:
            e["ms"] = [max(1, sum(piece_ms(mm, v) for mm in e["mm"])) if v > 0 else NEVER for v in e["kmh"]]
        self.next = [[] for _ in range(d["nodes"])]
        self.last = [[] for _ in range(d["nodes"])]
        for u, v, ms in zip(*d["arcs"]):
            self.next[u].append((v, ms))
            self.last[v].append((u, ms))
        self.pieces()
        self.buckets()

    def pieces(self):
        """Strong components by two walks (S. Kosaraju), and the size of each."""
        n = self.d["nodes"]
        seen, order = [False] * n, []
        for root in range(n):
            stack = [] if seen[root] else [(root, 0)]
            seen[root] = True
            while stack:
                v, i = stack.pop()
                if i < len(self.next[v]):
                    stack.append((v, i + 1))
                    u = self.next[v][i][0]
                    if not seen[u]:
                        seen[u] = True
                        stack.append((u, 0))
                else:
                    order.append(v)
        of, count = [NEVER] * n, 0
        for root in reversed(order):
            if of[root] != NEVER:
                continue
            of[root], stack = count, [root]
            while stack:
                for u, _ in self.last[stack.pop()]:
                    if of[u] == NEVER:
                        of[u] = count
                        stack.append(u)
            count += 1
        nodes, length = [0] * count, [0] * count
        for v in range(self.d["graph_nodes"]):
            nodes[of[v]] += 1
        for e in self.edges:
            both = {of[v] for v, _ in e["leave"]} & {of[v] for v, _ in e["arrive"]}
            e["piece"] = max(both, key=lambda p: (nodes[p], -p), default=NEVER)
            if both:
                length[e["piece"]] += sum(e["mm"])
        self.large = [a >= self.o["min_nodes"] or b >= self.o["min_length_m"] * 1000 for a, b in zip(nodes, length)]

    def buckets(self):
        """Pieces of street by squares of a fifth of a hundredth of a degree."""
        self.size, self.bucket = 20_000, {}
        for number, e in enumerate(self.edges):
            line = e["line"]
            for i in range(len(line) - 1):
                (x, y), (dx, dy) = line[i], (wrap(line[i + 1][0] - line[i][0]), line[i + 1][1] - line[i][1])
                for bx in range(math.floor(min(x, x + dx) / self.size), math.floor(max(x, x + dx) / self.size) + 1):
                    for by in range(math.floor(min(y, y + dy) / self.size), math.floor(max(y, y + dy) / self.size) + 1):
                        self.bucket.setdefault((bx % (TURN // self.size), by), []).append((number, i))

    def around(self, p):
        """The pieces of street within the limit of a place, nearest first; seen
        from the place in whole 1e-7 degree, as the vertices are."""
        p = (round(p[0]), round(p[1]))
        kx, ky = metric(p[1] * 1e-7)
        rx, ry = (self.o["limit_m"] + 1) / kx, (self.o["limit_m"] + 1) / ky
        found, seen = [], set()
        for bx in range(math.floor((p[0] - rx) / self.size), math.floor((p[0] + rx) / self.size) + 1):
            for by in range(math.floor((p[1] - ry) / self.size), math.floor((p[1] + ry) / self.size) + 1):
                for number, i in self.bucket.get((bx % (TURN // self.size), by), ()):
                    if (number, i) in seen:
                        continue
                    seen.add((number, i))
                    a, b = self.edges[number]["line"][i : i + 2]
                    ax, ay = wrap(a[0] - p[0]) * kx, (a[1] - p[1]) * ky
                    dx, dy = wrap(b[0] - a[0]) * kx, (b[1] - a[1]) * ky
                    l = dx * dx + dy * dy
                    share = max(0.0, min(1.0, -(ax * dx + ay * dy) / l)) if l > 0 else 0.0
                    m = math.hypot(ax + share * dx, ay + share * dy)
                    if m <= self.o["limit_m"] * 1.001:
                        found.append((m, number, i, share))
        return sorted(found)

    def places(self, p, land, allowed, all_of_them=False):
        """Where a point meets the streets: all within near_m, else all within the limit."""
        near, seen, reach = [], set(), None
        for m, number, i, share in self.around(p):
            e = self.edges[number]
            if e["piece"] == NEVER or not allowed[e["piece"]] or number in seen:
                continue
            if not (land == -1 or e["land"] == -1 or e["land"] == land):
                continue
            if reach is None:
                reach = self.o["near_m"] if m <= self.o["near_m"] and not all_of_them else math.inf
            if m > reach:
                break
            seen.add(number)
            near.append(self.place(p, e, number, i, share))
        return [n for n in near if n["m"] <= self.o["limit_m"]]

    def streets(self, p, land, allowed):
        """Streets of large pieces; where there are none, all of the yards that count."""
        return self.places(p, land, self.large) or self.places(p, land, allowed, True)

    def place(self, p, e, number, i, share):
        a, b = e["line"][i : i + 2]
        at = (a[0] + share * wrap(b[0] - a[0]), a[1] + share * (b[1] - a[1]))
        m = metres(p, at)
        inside = round(share * e["mm"][i])
        along = []
        for way, v in enumerate(e["kmh"]):
            if v <= 0:
                along.append(0)
                continue
            part = piece_ms(e["mm"][i], v) * inside // e["mm"][i] if e["mm"][i] else 0
            along.append(min(sum(piece_ms(mm, v) for mm in e["mm"][:i]) + part, e["ms"][way]))
        return {"m": m, "leg": math.ceil(m * 3600 / self.o["walk_kmh"]), "edge": number, "along": along}

    def hooks(self, places, arrive):
        for p in places:
            e = self.edges[p["edge"]]
            for node, back in e["arrive" if arrive else "leave"]:
                if arrive:
                    along = e["ms"][1] - p["along"][1] if back else p["along"][0]
                else:
                    along = p["along"][1] if back else e["ms"][0] - p["along"][0]
                yield node, p["leg"] + along

    def search(self, seeds):
        """Time and source of every node; seeds are (ms, source, node)."""
        arcs = self.last if self.d["toward"] else self.next
        best = [None] * self.d["nodes"]
        heap = list(seeds)
        heapq.heapify(heap)
        while heap:
            ms, source, v = heapq.heappop(heap)
            if best[v] is None:
                best[v] = (ms, source)
                for u, cost in arcs[v]:
                    if best[u] is None:
                        heapq.heappush(heap, (ms + cost, source, u))
        return best

    def direct(self, start, end):
        """The time along one street without leaving it."""
        e, times = self.edges[start["edge"]], []
        if e["kmh"][0] > 0 and end["along"][0] >= start["along"][0]:
            times.append(end["along"][0] - start["along"][0])
        if e["kmh"][1] > 0 and start["along"][1] >= end["along"][1]:
            times.append(start["along"][1] - end["along"][1])
        return start["leg"] + end["leg"] + min(times) if times else None

    def rows(self):
        toward, facilities = self.d["toward"], self.d["facilities"]
        allowed, sites = list(self.large), []
        for x, y, land, delay in facilities:
            p = (x * 1e7, y * 1e7)
            if not self.places(p, land, self.large):  # a site in a yard makes the yard count
                for e in self.places(p, land, [True] * len(self.large))[:1]:
                    allowed[self.edges[e["edge"]]["piece"]] = True
        for x, y, land, delay in facilities:
            p = (x * 1e7, y * 1e7)
            sites.append(self.streets(p, land, allowed))
        seeds, beside = [], {}
        for s, places in enumerate(sites):
            delay = facilities[s][3]
            seeds += [(ms + delay, s, node) for node, ms in self.hooks(places, toward)]
            for p in places:
                beside.setdefault(p["edge"], []).append((s, p))
        label = self.search(seeds)
        out = []
        for x, y, land in self.d["rows"]:
            best = (math.inf, NEVER)
            places = self.streets((x * 1e7, y * 1e7), land, allowed)
            for node, ms in self.hooks(places, not toward):
                if label[node]:
                    best = min(best, (label[node][0] + ms, label[node][1]))
            for p in places:
                for s, q in beside.get(p["edge"], ()):
                    t = self.direct(p, q) if toward else self.direct(q, p)
                    if t is not None:
                        best = min(best, (t + facilities[s][3], s))
            out.append([NEVER, NEVER] if best[1] == NEVER else list(best))
        return out


def main():
    d = json.load(sys.stdin)
    t = Town(d)
    nodes = t.search([(0, i, v) for i, v in enumerate(d["seeds"])])
    worst = max((abs(metres(e["line"][i], e["line"][i + 1]) * 1000 - mm) for e in t.edges for i, mm in enumerate(e["mm"])), default=0)
    answer = json.dumps(  # dump would go the slow way
        {
            "node_ms": [NEVER if b is None else b[0] for b in nodes],
            "node_source": [NEVER if b is None else b[1] for b in nodes],
            "edge_ms": [e["ms"] for e in t.edges],
            "length_off_mm": worst,
            "rows": t.rows(),
        }
    )
    sys.stdout.write(answer)


main()
