<?xml version="1.0" encoding="UTF-8"?>
<StyledLayerDescriptor version="1.0.0" xmlns="http://www.opengis.net/sld" xmlns:ogc="http://www.opengis.net/ogc">
<NamedLayer><Name>land</Name><UserStyle><Name>lifecircle</Name><FeatureTypeStyle>
<Rule><Name>陆块 land</Name><PolygonSymbolizer><Fill><CssParameter name="fill">#f4f1ea</CssParameter></Fill><Stroke><CssParameter name="stroke">#b8b0a0</CssParameter><CssParameter name="stroke-width">0.5669291338582677</CssParameter></Stroke></PolygonSymbolizer></Rule>
</FeatureTypeStyle></UserStyle></NamedLayer>
</StyledLayerDescriptor>
