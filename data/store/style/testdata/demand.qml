<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22.0" styleCategories="Symbology|Labeling">
<renderer-v2 type="RuleRenderer" symbollevels="0" enableorderby="0" forceraster="0" referencescale="-1">
<rules key="root">
<rule key="r0" label="0–1 人 people" filter="&#34;people_all&#34; &gt; 0 AND &#34;people_all&#34; &lt;= 1" symbol="0"/>
<rule key="r1" label="1–5 人 people" filter="&#34;people_all&#34; &gt; 1 AND &#34;people_all&#34; &lt;= 5" symbol="1"/>
<rule key="r2" label="5–20 人 people" filter="&#34;people_all&#34; &gt; 5 AND &#34;people_all&#34; &lt;= 20" symbol="2"/>
<rule key="r3" label="20–100 人 people" filter="&#34;people_all&#34; &gt; 20 AND &#34;people_all&#34; &lt;= 100" symbol="3"/>
<rule key="r4" label="&gt; 100 人 people" filter="&#34;people_all&#34; &gt; 100 AND &#34;people_all&#34; &lt;= 1000000000000" symbol="4"/>
</rules>
<symbols>
<symbol type="marker" name="0" alpha="1" clip_to_extent="1" force_rhr="0">
<layer class="SimpleMarker" enabled="1" locked="0" pass="0">
<Option type="Map">
<Option type="QString" name="name" value="circle"/>
<Option type="QString" name="color" value="239,227,245,255"/>
<Option type="QString" name="outline_color" value="0,0,0,0"/>
<Option type="QString" name="outline_style" value="no"/>
<Option type="QString" name="outline_width" value="0"/>
<Option type="QString" name="size" value="0.8"/>
<Option type="QString" name="size_unit" value="MM"/>
</Option>
<prop k="name" v="circle"/>
<prop k="color" v="239,227,245,255"/>
<prop k="outline_color" v="0,0,0,0"/>
<prop k="outline_style" v="no"/>
<prop k="outline_width" v="0"/>
<prop k="size" v="0.8"/>
<prop k="size_unit" v="MM"/>
</layer>
</symbol>
<symbol type="marker" name="1" alpha="1" clip_to_extent="1" force_rhr="0">
<layer class="SimpleMarker" enabled="1" locked="0" pass="0">
<Option type="Map">
<Option type="QString" name="name" value="circle"/>
<Option type="QString" name="color" value="213,184,227,255"/>
<Option type="QString" name="outline_color" value="0,0,0,0"/>
<Option type="QString" name="outline_style" value="no"/>
<Option type="QString" name="outline_width" value="0"/>
<Option type="QString" name="size" value="1.1"/>
<Option type="QString" name="size_unit" value="MM"/>
</Option>
<prop k="name" v="circle"/>
<prop k="color" v="213,184,227,255"/>
<prop k="outline_color" v="0,0,0,0"/>
<prop k="outline_style" v="no"/>
<prop k="outline_width" v="0"/>
<prop k="size" v="1.1"/>
<prop k="size_unit" v="MM"/>
</layer>
</symbol>
<symbol type="marker" name="2" alpha="1" clip_to_extent="1" force_rhr="0">
<layer class="SimpleMarker" enabled="1" locked="0" pass="0">
<Option type="Map">
<Option type="QString" name="name" value="circle"/>
<Option type="QString" name="color" value="177,133,199,255"/>
<Option type="QString" name="outline_color" value="0,0,0,0"/>
<Option type="QString" name="outline_style" value="no"/>
<Option type="QString" name="outline_width" value="0"/>
<Option type="QString" name="size" value="1.4"/>
<Option type="QString" name="size_unit" value="MM"/>
</Option>
<prop k="name" v="circle"/>
<prop k="color" v="177,133,199,255"/>
<prop k="outline_color" v="0,0,0,0"/>
<prop k="outline_style" v="no"/>
<prop k="outline_width" v="0"/>
<prop k="size" v="1.4"/>
<prop k="size_unit" v="MM"/>
</layer>
</symbol>
<symbol type="marker" name="3" alpha="1" clip_to_extent="1" force_rhr="0">
<layer class="SimpleMarker" enabled="1" locked="0" pass="0">
<Option type="Map">
<Option type="QString" name="name" value="circle"/>
<Option type="QString" name="color" value="136,84,165,255"/>
<Option type="QString" name="outline_color" value="0,0,0,0"/>
<Option type="QString" name="outline_style" value="no"/>
<Option type="QString" name="outline_width" value="0"/>
<Option type="QString" name="size" value="1.7"/>
<Option type="QString" name="size_unit" value="MM"/>
</Option>
<prop k="name" v="circle"/>
<prop k="color" v="136,84,165,255"/>
<prop k="outline_color" v="0,0,0,0"/>
<prop k="outline_style" v="no"/>
<prop k="outline_width" v="0"/>
<prop k="size" v="1.7"/>
<prop k="size_unit" v="MM"/>
</layer>
</symbol>
<symbol type="marker" name="4" alpha="1" clip_to_extent="1" force_rhr="0">
<layer class="SimpleMarker" enabled="1" locked="0" pass="0">
<Option type="Map">
<Option type="QString" name="name" value="circle"/>
<Option type="QString" name="color" value="84,37,122,255"/>
<Option type="QString" name="outline_color" value="0,0,0,0"/>
<Option type="QString" name="outline_style" value="no"/>
<Option type="QString" name="outline_width" value="0"/>
<Option type="QString" name="size" value="2"/>
<Option type="QString" name="size_unit" value="MM"/>
</Option>
<prop k="name" v="circle"/>
<prop k="color" v="84,37,122,255"/>
<prop k="outline_color" v="0,0,0,0"/>
<prop k="outline_style" v="no"/>
<prop k="outline_width" v="0"/>
<prop k="size" v="2"/>
<prop k="size_unit" v="MM"/>
</layer>
</symbol>
</symbols>
</renderer-v2>
</qgis>
