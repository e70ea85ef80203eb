"""Writes GeoTIFFs of every sort that GDAL can write, and what GDAL reads in
them: NAME.tif, NAME.raw (little-endian samples, band after band), NAME.mask
(one byte a cell and band, 0 no data), and index.json.

usage: variants.py OUT_DIR (matrix|small)
"""
import itertools, json, os, sys
import numpy as np
from osgeo import gdal, osr

gdal.UseExceptions()
out, what = sys.argv[1], sys.argv[2]
index = []
W, H = 37, 23
TYPES = {
    "uint8": (gdal.GDT_Byte, np.uint8, []), "int8": (gdal.GDT_Byte, np.int8, ["PIXELTYPE=SIGNEDBYTE"]),
    "uint16": (gdal.GDT_UInt16, np.uint16, []), "int16": (gdal.GDT_Int16, np.int16, []),
    "uint32": (gdal.GDT_UInt32, np.uint32, []), "int32": (gdal.GDT_Int32, np.int32, []),
    "uint64": (gdal.GDT_UInt64, np.uint64, []), "int64": (gdal.GDT_Int64, np.int64, []),
    "float16": (gdal.GDT_Float32, np.float32, ["NBITS=16"]),
    "float32": (gdal.GDT_Float32, np.float32, []), "float64": (gdal.GDT_Float64, np.float64, []),
}


def values(kind, bands):
    rng = np.random.default_rng(7)
    dtype = TYPES[kind][1]
    if kind.startswith("float"):
        a = rng.normal(0, 40, (bands, H, W))
        a[:, 3:9, 5:30] = 0
    else:
        info = np.iinfo(dtype)
        a = rng.integers(info.min, info.max, (bands, H, W), dtype=dtype, endpoint=True)
        a[:, 3:9, 5:30] = 7
    return a.astype(dtype)


def epsg(code):
    s = osr.SpatialReference()
    s.ImportFromEPSG(code)
    return s.ExportToWkt()


def write(name, kind, options, bands=1, nodata=None, hole=None, gt=(122.0, 0.5, 0, 31.0, 0, -0.25),
          wkt=None, point=False, data=None, scale=None, copy=None):
    gdt, dtype, extra = TYPES[kind]
    data = values(kind, bands) if data is None else data
    bands = data.shape[0]
    if hole is not None:
        data[:, 10:14, 8:20] = hole
    path = os.path.join(out, name + ".tif")
    target = "" if copy else path
    d = gdal.GetDriverByName("MEM" if copy else "GTiff").Create(
        target, data.shape[2], data.shape[1], bands, gdt, [] if copy else options + extra)
    d.SetProjection(epsg(4326) if wkt is None else wkt)
    if gt:
        d.SetGeoTransform(gt)
    if point:
        d.SetMetadataItem("AREA_OR_POINT", "Point")
    for b in range(bands):
        band = d.GetRasterBand(b + 1)
        if nodata is not None:
            band.SetNoDataValue(nodata)
        if scale:
            band.SetScale(scale[0]), band.SetOffset(scale[1])
        band.SetDescription("band %d" % (b + 1))
        if kind == "int8":
            band.WriteArray(data[b].view(np.uint8))
        else:
            band.WriteArray(data[b])
    if copy:
        gdal.GetDriverByName(copy).CreateCopy(path, d, options=options + extra)
    d = None
    record(name, kind, nodata)


def record(name, kind, nodata):
    d = gdal.Open(os.path.join(out, name + ".tif"))
    raw = d.ReadAsArray().reshape(d.RasterCount, d.RasterYSize, d.RasterXSize)
    masks = np.stack([d.GetRasterBand(b + 1).GetMaskBand().ReadAsArray() for b in range(d.RasterCount)])
    raw.tofile(os.path.join(out, name + ".raw"))
    masks.tofile(os.path.join(out, name + ".mask"))
    srs = d.GetSpatialRef()
    code = srs.GetAuthorityCode(None) if srs else None
    index.append(dict(name=name, type=kind, cols=d.RasterXSize, rows=d.RasterYSize, bands=d.RasterCount,
                      transform=d.GetGeoTransform(), epsg=code or "", masked=nodata is not None))


def packings(kind):
    yield "none", []
    yield "packbits", ["COMPRESS=PACKBITS"]
    predictors = [1, 3] if kind.startswith("float") else [1, 2]
    for method, p in itertools.product(["LZW", "DEFLATE", "ZSTD"], predictors):
        yield method.lower() + str(p), ["COMPRESS=" + method, "PREDICTOR=%d" % p]


def matrix():
    tile = ["TILED=YES", "BLOCKXSIZE=16", "BLOCKYSIZE=16"]
    for kind in TYPES:
        for pack, options in packings(kind):
            for shape, blocks in (("strip", ["BLOCKYSIZE=5"]), ("tile", tile)):
                for bands, inter in ((1, "PIXEL"), (3, "PIXEL"), (3, "BAND")):
                    for order, big in (("LITTLE", "NO"), ("BIG", "YES")):
                        name = "-".join([kind, pack, shape, str(bands) + inter, order, big]).lower()
                        write(name, kind, options + blocks + ["INTERLEAVE=" + inter, "ENDIANNESS=" + order, "BIGTIFF=" + big], bands)


def cases():
    for name, kind, nodata, hole in (
            ("nodata-9999", "float32", -9999, -9999), ("nodata-99999", "float32", -99999, -99999),
            ("nodata-nan", "float32", float("nan"), np.nan), ("nodata-frac", "float32", 0.1, np.float32(0.1)),
            ("nodata-max", "float32", -3.4028234663852886e38, -np.finfo(np.float32).max),
            ("nodata-esri", "float32", -3.40282306073709653e38, np.float32(-3.40282306073709653e38)),
            ("nodata-f64", "float64", -1.7976931348623157e308, -1.7976931348623157e308),
            ("nodata-255", "uint8", 255, 255), ("nodata-u8-never", "uint8", -9999, 3), ("nodata-i16", "int16", -32768, -32768),
            ("nodata-i32", "int32", -2147483648, -2147483648), ("nodata-0", "float32", 0, 0)):
        write(name, kind, ["COMPRESS=DEFLATE"], 1, nodata, hole)
    tile = ["TILED=YES", "BLOCKXSIZE=16", "BLOCKYSIZE=16"]
    write("big-classic", "float32", ["ENDIANNESS=BIG", "COMPRESS=LZW", "PREDICTOR=2"])
    write("little-bigtiff", "float64", ["BIGTIFF=YES", "COMPRESS=DEFLATE", "PREDICTOR=3"])
    sparse = np.zeros((2, 40, 70), np.float32)
    sparse[0, 2:5, 2:5] = 4
    write("sparse-zero", "float32", tile + ["SPARSE_OK=TRUE"], data=sparse)
    hollow = np.full((1, 40, 70), -99999, np.float32)
    hollow[0, 20:30, 50:60] = 4
    write("sparse-nodata", "float32", tile + ["SPARSE_OK=TRUE", "COMPRESS=LZW"], data=hollow, nodata=-99999)
    write("point", "float32", [], point=True)
    write("gauss-kruger", "float32", [], wkt=epsg(4547), gt=(500000, 100, 0, 3400000, 0, -100))
    write("cgcs2000", "float32", [], wkt=epsg(4490))
    write("utm", "float32", ["COMPRESS=DEFLATE"], wkt=epsg(32651), gt=(380000.5, 92.5, 0, 3350000.25, 0, -92.5))
    write("unknown-crs", "float32", [], wkt="")
    write("custom-crs", "float32", [], wkt='PROJCS["Own grid",GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563]],'
          'PRIMEM["Greenwich",0],UNIT["degree",0.0174532925199433]],PROJECTION["Transverse_Mercator"],PARAMETER["latitude_of_origin",0],'
          'PARAMETER["central_meridian",122.2],PARAMETER["scale_factor",1],PARAMETER["false_easting",500000],PARAMETER["false_northing",0],UNIT["metre",1]]',
          gt=(500000, 100, 0, 3400000, 0, -100))
    write("south-up", "float32", [], gt=(122.0, 0.5, 0, 31.0, 0, 0.25))
    write("rotated", "float32", [], gt=(122.0, 0.5, 0.1, 31.0, 0.1, -0.25))
    write("no-position", "float32", [], gt=None, wkt="")
    write("scaled", "uint16", [], scale=(0.25, -3.0))
    write("strip-one", "float32", ["BLOCKYSIZE=23", "COMPRESS=LZW", "PREDICTOR=3"])
    write("lerc", "float32", ["COMPRESS=LERC"])
    big = np.random.default_rng(3).gamma(0.3, 9, (1, 300, 420)).astype(np.float32)
    write("cog", "float32", ["COMPRESS=ZSTD", "BLOCKSIZE=128", "PREDICTOR=YES", "OVERVIEW_COUNT=2"], data=big, copy="COG")
    write("overviews", "float32", tile + ["COMPRESS=DEFLATE"], data=big)
    d = gdal.Open(os.path.join(out, "overviews.tif"), gdal.GA_Update)
    d.BuildOverviews("NEAREST", [2, 4])
    gdal.SetConfigOption("GDAL_TIFF_INTERNAL_MASK", "YES")
    d.CreateMaskBand(gdal.GMF_PER_DATASET)
    d.GetRasterBand(1).GetMaskBand().WriteArray(np.full((300, 420), 255, np.uint8))
    d = None


def small():
    global W, H
    W, H = 11, 7
    tile = ["TILED=YES", "BLOCKXSIZE=16", "BLOCKYSIZE=16"]
    for kind, options, bands in (
            ("float32", [], 1), ("float32", ["COMPRESS=DEFLATE", "PREDICTOR=3"], 1), ("float32", ["COMPRESS=LZW", "ENDIANNESS=BIG"], 1),
            ("float64", tile + ["COMPRESS=ZSTD", "PREDICTOR=3", "BIGTIFF=YES"], 2), ("uint16", ["COMPRESS=LZW", "PREDICTOR=2", "ENDIANNESS=BIG", "BIGTIFF=YES"], 2),
            ("uint8", ["COMPRESS=PACKBITS", "BLOCKYSIZE=2"], 1), ("int32", tile + ["INTERLEAVE=BAND", "COMPRESS=DEFLATE", "PREDICTOR=2"], 2),
            ("float16", ["COMPRESS=DEFLATE"], 1), ("int64", ["BLOCKYSIZE=3"], 1)):
        write("small-%d-%s" % (len(index), kind), kind, options, bands, nodata=7)


{"matrix": lambda: (matrix(), cases()), "small": small}[what]()
json.dump(index, open(os.path.join(out, "index.json"), "w"), indent=1)
