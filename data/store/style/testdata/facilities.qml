<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22.0" styleCategories="Symbology|Labeling" labelsEnabled="1">
<renderer-v2 type="RuleRenderer" symbollevels="0" enableorderby="0" forceraster="0" referencescale="-1">
<rules key="root">
<rule key="r0" label="clinic" filter="&#34;kind&#34; = &#39;clinic&#39;" symbol="0"/>
<rule key="r1" label="hospital" filter="&#34;kind&#34; = &#39;hospital&#39;" symbol="1"/>
<rule key="r2" label="其他 other" filter="ELSE" symbol="2"/>
</rules>
<symbols>
<symbol type="marker" name="0" alpha="1" clip_to_extent="1" force_rhr="0">
<layer class="SimpleMarker" enabled="1" locked="0" pass="0">
<Option type="Map">
<Option type="QString" name="name" value="circle"/>
<Option type="QString" name="color" value="27,108,168,255"/>
<Option type="QString" name="outline_color" value="255,255,255,255"/>
<Option type="QString" name="outline_style" value="solid"/>
<Option type="QString" name="outline_width" value="0.4"/>
<Option type="QString" name="size" value="2.8"/>
<Option type="QString" name="size_unit" value="MM"/>
</Option>
<prop k="name" v="circle"/>
<prop k="color" v="27,108,168,255"/>
<prop k="outline_color" v="255,255,255,255"/>
<prop k="outline_style" v="solid"/>
<prop k="outline_width" v="0.4"/>
<prop k="size" v="2.8"/>
<prop k="size_unit" v="MM"/>
</layer>
</symbol>
<symbol type="marker" name="1" alpha="1" clip_to_extent="1" force_rhr="0">
<layer class="SimpleMarker" enabled="1" locked="0" pass="0">
<Option type="Map">
<Option type="QString" name="name" value="circle"/>
<Option type="QString" name="color" value="209,73,91,255"/>
<Option type="QString" name="outline_color" value="255,255,255,255"/>
<Option type="QString" name="outline_style" value="solid"/>
<Option type="QString" name="outline_width" value="0.4"/>
<Option type="QString" name="size" value="2.8"/>
<Option type="QString" name="size_unit" value="MM"/>
</Option>
<prop k="name" v="circle"/>
<prop k="color" v="209,73,91,255"/>
<prop k="outline_color" v="255,255,255,255"/>
<prop k="outline_style" v="solid"/>
<prop k="outline_width" v="0.4"/>
<prop k="size" v="2.8"/>
<prop k="size_unit" v="MM"/>
</layer>
</symbol>
<symbol type="marker" name="2" alpha="1" clip_to_extent="1" force_rhr="0">
<layer class="SimpleMarker" enabled="1" locked="0" pass="0">
<Option type="Map">
<Option type="QString" name="name" value="circle"/>
<Option type="QString" name="color" value="119,119,119,255"/>
<Option type="QString" name="outline_color" value="255,255,255,255"/>
<Option type="QString" name="outline_style" value="solid"/>
<Option type="QString" name="outline_width" value="0.4"/>
<Option type="QString" name="size" value="2.8"/>
<Option type="QString" name="size_unit" value="MM"/>
</Option>
<prop k="name" v="circle"/>
<prop k="color" v="119,119,119,255"/>
<prop k="outline_color" v="255,255,255,255"/>
<prop k="outline_style" v="solid"/>
<prop k="outline_width" v="0.4"/>
<prop k="size" v="2.8"/>
<prop k="size_unit" v="MM"/>
</layer>
</symbol>
</symbols>
</renderer-v2>
<labeling type="simple">
<settings calloutType="simple">
<text-style fieldName="name" isExpression="0" fontFamily="Noto Sans CJK SC" fontSize="9" fontSizeUnit="Point" textColor="45,55,72,255" textOpacity="1" namedStyle="Regular">
<text-buffer bufferDraw="1" bufferSize="0.8" bufferSizeUnits="MM" bufferColor="255,255,255,255" bufferOpacity="0.9" bufferJoinStyle="128"/>
</text-style>
<placement placement="0" dist="1" distUnits="MM"/>
<rendering scaleVisibility="1" scaleMin="50000" scaleMax="1" obstacle="1" drawLabels="1"/>
</settings>
</labeling>
</qgis>
