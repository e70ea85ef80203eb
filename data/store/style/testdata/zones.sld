<?xml version="1.0" encoding="UTF-8"?>
<StyledLayerDescriptor version="1.0.0" xmlns="http://www.opengis.net/sld" xmlns:ogc="http://www.opengis.net/ogc">
<NamedLayer><Name>zones</Name><UserStyle><Name>lifecircle</Name><FeatureTypeStyle>
<Rule><Name>行政单元 zone</Name><PolygonSymbolizer><Stroke><CssParameter name="stroke">#4a5568</CssParameter><CssParameter name="stroke-width">0.9921259842519685</CssParameter></Stroke></PolygonSymbolizer></Rule>
</FeatureTypeStyle></UserStyle></NamedLayer>
</StyledLayerDescriptor>
