<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22.0" styleCategories="Symbology|Labeling">
<renderer-v2 type="RuleRenderer" symbollevels="0" enableorderby="0" forceraster="0" referencescale="-1">
<rules key="root">
<rule key="r0" label="航线 boats" filter="&#34;ferry&#34; = &#39;yes&#39;" symbol="0"/>
<rule key="r1" label="道路 roads" filter="ELSE" symbol="1"/>
</rules>
<symbols>
<symbol type="line" name="0" alpha="1" clip_to_extent="1" force_rhr="0">
<layer class="SimpleLine" enabled="1" locked="0" pass="0">
<Option type="Map">
<Option type="QString" name="line_color" value="27,108,168,255"/>
<Option type="QString" name="line_style" value="solid"/>
<Option type="QString" name="line_width" value="0.4"/>
<Option type="QString" name="line_width_unit" value="MM"/>
<Option type="QString" name="capstyle" value="round"/>
<Option type="QString" name="joinstyle" value="round"/>
<Option type="QString" name="use_custom_dash" value="1"/>
<Option type="QString" name="customdash" value="2;1.5"/>
<Option type="QString" name="customdash_unit" value="MM"/>
</Option>
<prop k="line_color" v="27,108,168,255"/>
<prop k="line_style" v="solid"/>
<prop k="line_width" v="0.4"/>
<prop k="line_width_unit" v="MM"/>
<prop k="capstyle" v="round"/>
<prop k="joinstyle" v="round"/>
<prop k="use_custom_dash" v="1"/>
<prop k="customdash" v="2;1.5"/>
<prop k="customdash_unit" v="MM"/>
</layer>
</symbol>
<symbol type="line" name="1" alpha="1" clip_to_extent="1" force_rhr="0">
<layer class="SimpleLine" enabled="1" locked="0" pass="0">
<Option type="Map">
<Option type="QString" name="line_color" value="138,143,152,255"/>
<Option type="QString" name="line_style" value="solid"/>
<Option type="QString" name="line_width" value="0.2"/>
<Option type="QString" name="line_width_unit" value="MM"/>
<Option type="QString" name="capstyle" value="round"/>
<Option type="QString" name="joinstyle" value="round"/>
</Option>
<prop k="line_color" v="138,143,152,255"/>
<prop k="line_style" v="solid"/>
<prop k="line_width" v="0.2"/>
<prop k="line_width_unit" v="MM"/>
<prop k="capstyle" v="round"/>
<prop k="joinstyle" v="round"/>
</layer>
</symbol>
</symbols>
</renderer-v2>
</qgis>
