<?xml version="1.0" encoding="UTF-8"?>
<StyledLayerDescriptor version="1.0.0" xmlns="http://www.opengis.net/sld" xmlns:ogc="http://www.opengis.net/ogc">
<NamedLayer><Name>gaps</Name><UserStyle><Name>lifecircle</Name><FeatureTypeStyle>
<Rule><Name>缺口 gap</Name><PolygonSymbolizer><Fill><CssParameter name="fill">#d7191c</CssParameter></Fill><Stroke><CssParameter name="stroke">#d7191c</CssParameter><CssParameter name="stroke-width">1.700787401574803</CssParameter></Stroke></PolygonSymbolizer></Rule>
</FeatureTypeStyle></UserStyle></NamedLayer>
</StyledLayerDescriptor>
