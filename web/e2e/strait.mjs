// Writes a small made project with roads and a ferry: node strait.mjs FOLDER.
// Two islands of cells of 0.001 degrees: on the western one a town with a hospital
// and a village, joined by a road; on the eastern one a village with a clinic and
// a hamlet beside every road. A ferry crosses between them every 40 minutes.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const folder = process.argv[2];
if (!folder) throw new Error("name the folder to write to");
mkdirSync(folder, { recursive: true });
const write = (name, text) => writeFileSync(join(folder, name), text);
const features = (list) =>
  JSON.stringify({ type: "FeatureCollection", features: list.map(([type, coordinates, properties]) => ({ type: "Feature", geometry: { type, coordinates }, properties })) });

const ring = (...p) => [[...p, p[0]]];
write("zones.geojson", features([
  ["Polygon", ring([122.0, 30.02], [122.03, 30.02], [122.03, 30.06], [122.01, 30.062], [121.995, 30.045]), { id: "west-town", name: "西港镇", setting: "urban" }],
  ["Polygon", ring([122.03, 30.02], [122.062, 30.024], [122.066, 30.045], [122.05, 30.062], [122.03, 30.06]), { id: "west-hill", name: "山后乡", setting: "rural" }],
  ["Polygon", ring([122.085, 30.03], [122.105, 30.026], [122.118, 30.04], [122.108, 30.056], [122.09, 30.052]), { id: "east", name: "东屿乡", setting: "rural" }],
]));

// People: dense round the town, thin elsewhere, nobody in the water; by hand, so that it never changes.
const [cols, rows, cell, west, south] = [128, 46, 0.001, 121.993, 30.018];
const towns = [[122.014, 30.04, 60, 0.007], [122.05, 30.05, 14, 0.005], [122.1, 30.045, 18, 0.005], [122.109, 30.034, 6, 0.003]];
const grid = (share) =>
  `ncols ${cols}\nnrows ${rows}\nxllcorner ${west}\nyllcorner ${south}\ncellsize ${cell}\nNODATA_value -9999\n` +
  Array.from({ length: rows }, (_, r) =>
    Array.from({ length: cols }, (_, c) => {
      const [x, y] = [west + (c + 0.5) * cell, south + (rows - r - 0.5) * cell];
      const n = towns.reduce((sum, [tx, ty, most, width]) => sum + most * Math.exp(-((x - tx) ** 2 + (y - ty) ** 2) / width ** 2), 0);
      return n < 0.5 ? -9999 : (n * share).toFixed(2);
    }).join(" "),
  ).join("\n") + "\n";
write("people.asc", grid(1));
write("old.asc", grid(0.22));

const road = (kind, ...points) => ["LineString", points, { class: kind }];
write("roads.geojson", features([
  road("secondary", [122.002, 30.04], [122.014, 30.04], [122.026, 30.041], [122.038, 30.046], [122.05, 30.05], [122.06, 30.044]),
  road("residential", [122.014, 30.03], [122.014, 30.04], [122.014, 30.052]),
  road("residential", [122.008, 30.034], [122.02, 30.034], [122.02, 30.047], [122.008, 30.047], [122.008, 30.034]),
  road("residential", [122.014, 30.034], [122.014, 30.0341]),
  road("tertiary", [122.05, 30.05], [122.054, 30.042], [122.0635, 30.038]), // to the western quay
  road("tertiary", [122.0885, 30.042], [122.094, 30.0435], [122.1, 30.045], [122.104, 30.05]), // from the eastern one
  road("track", [122.1, 30.045], [122.103, 30.0405]),
]));
write("ferries.csv", "航线,起点,终点,起点经度,起点纬度,终点经度,终点纬度,航行时间,间隔,首班,末班,返程间隔,返程首班,返程末班,载客,载车\n西港—东屿,西港码头,东屿码头,122.0635,30.038,122.0885,30.042,12,40,06:30,17:30,40,07:00,18:00,是,否\n");
write("facilities.csv", "id,name,kind,lon,lat,delay\nh1,西港医院,hospital,122.0142,30.0402,0\nc1,东屿卫生所,clinic,122.1003,30.0452,0\nf1,西港消防站,fire_station,122.0202,30.0402,1\n");
write("pack.yaml", `id: strait
name: {zh: 海峡两岛, en: Two islands}
document: {zh: 测试用规划, en: A made plan}
standards:
  - id: hospital
    name: {zh: 医院服务圈, en: Hospital circle}
    clause: 一
    service: medical
    kinds: [hospital]
    group: all
    target: 0.9
    rules:
      - {setting: urban, within: 15min, mode: walk}
      - {setting: rural, within: 75min, mode: bike, boats: typical}
  - id: clinic
    name: {zh: 就近就医, en: Care nearby}
    clause: 二
    service: medical
    kinds: [hospital, clinic]
    group: 60+
    rules:
      - {within: 1500m, mode: line, detour: 1.2}
  - id: fire
    name: {zh: 消防出动, en: Fire engines}
    clause: 三
    service: safety
    kinds: [fire_station]
    group: all
    rules:
      - {within: 5min, mode: drive, direction: from}
`);
write("project.yaml", `name: {zh: 海峡两岛, en: Two islands}
crs: EPSG:4326
zones:
  - {file: zones.geojson, id: id, name: name, level: town, setting: {column: setting, map: {urban: urban, rural: rural}}}
population:
  - {file: people.asc, group: all}
  - {file: old.asc, group: 60+}
facilities:
  - {file: facilities.csv, id: id, name: name, kind: kind, x: lon, y: lat, delay: delay}
land: zones
networks:
  - {file: roads.geojson, class: class}
ferries:
  - {file: ferries.csv}
standards: [pack.yaml]
`);
