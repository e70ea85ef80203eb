<?xml version="1.0" encoding="UTF-8"?>
<StyledLayerDescriptor version="1.0.0" xmlns="http://www.opengis.net/sld" xmlns:ogc="http://www.opengis.net/ogc">
<NamedLayer><Name>transport_roads</Name><UserStyle><Name>lifecircle</Name><FeatureTypeStyle>
<Rule><Name>航线 boats</Name><ogc:Filter><ogc:PropertyIsEqualTo><ogc:PropertyName>ferry</ogc:PropertyName><ogc:Literal>yes</ogc:Literal></ogc:PropertyIsEqualTo></ogc:Filter><LineSymbolizer><Stroke><CssParameter name="stroke">#1b6ca8</CssParameter><CssParameter name="stroke-width">1.1338582677165354</CssParameter><CssParameter name="stroke-dasharray">5.669291338582678 4.251968503937008</CssParameter></Stroke></LineSymbolizer></Rule>
<Rule><Name>道路 roads</Name><ElseFilter/><LineSymbolizer><Stroke><CssParameter name="stroke">#8a8f98</CssParameter><CssParameter name="stroke-width">0.5669291338582677</CssParameter></Stroke></LineSymbolizer></Rule>
</FeatureTypeStyle></UserStyle></NamedLayer>
</StyledLayerDescriptor>
