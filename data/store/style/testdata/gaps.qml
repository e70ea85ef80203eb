<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22.0" styleCategories="Symbology|Labeling" labelsEnabled="1">
<renderer-v2 type="RuleRenderer" symbollevels="0" enableorderby="0" forceraster="0" referencescale="-1">
<rules key="root">
<rule key="r0" label="缺口 gap" symbol="0"/>
</rules>
<symbols>
<symbol type="fill" name="0" alpha="1" clip_to_extent="1" force_rhr="0">
<layer class="SimpleFill" enabled="1" locked="0" pass="0">
<Option type="Map">
<Option type="QString" name="color" value="215,25,28,48"/>
<Option type="QString" name="style" value="solid"/>
<Option type="QString" name="outline_color" value="215,25,28,255"/>
<Option type="QString" name="outline_style" value="solid"/>
<Option type="QString" name="outline_width" value="0.6"/>
<Option type="QString" name="outline_width_unit" value="MM"/>
<Option type="QString" name="joinstyle" value="round"/>
</Option>
<prop k="color" v="215,25,28,48"/>
<prop k="style" v="solid"/>
<prop k="outline_color" v="215,25,28,255"/>
<prop k="outline_style" v="solid"/>
<prop k="outline_width" v="0.6"/>
<prop k="outline_width_unit" v="MM"/>
<prop k="joinstyle" v="round"/>
</layer>
</symbol>
</symbols>
</renderer-v2>
<labeling type="simple">
<settings calloutType="simple">
<text-style fieldName="rank" isExpression="0" fontFamily="Noto Sans CJK SC" fontSize="9" fontSizeUnit="Point" textColor="45,55,72,255" textOpacity="1" namedStyle="Regular">
<text-buffer bufferDraw="1" bufferSize="0.8" bufferSizeUnits="MM" bufferColor="255,255,255,255" bufferOpacity="0.9" bufferJoinStyle="128"/>
</text-style>
<placement placement="0" dist="1" distUnits="MM"/>
<rendering scaleVisibility="1" scaleMin="500000" scaleMax="1" obstacle="1" drawLabels="1"/>
</settings>
</labeling>
</qgis>
