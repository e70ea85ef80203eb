<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22.0" styleCategories="Symbology|Labeling">
<renderer-v2 type="RuleRenderer" symbollevels="0" enableorderby="0" forceraster="0" referencescale="-1">
<rules key="root">
<rule key="r0" label="陆块 land" symbol="0"/>
</rules>
<symbols>
<symbol type="fill" name="0" alpha="1" clip_to_extent="1" force_rhr="0">
<layer class="SimpleFill" enabled="1" locked="0" pass="0">
<Option type="Map">
<Option type="QString" name="color" value="244,241,234,255"/>
<Option type="QString" name="style" value="solid"/>
<Option type="QString" name="outline_color" value="184,176,160,255"/>
<Option type="QString" name="outline_style" value="solid"/>
<Option type="QString" name="outline_width" value="0.2"/>
<Option type="QString" name="outline_width_unit" value="MM"/>
<Option type="QString" name="joinstyle" value="round"/>
</Option>
<prop k="color" v="244,241,234,255"/>
<prop k="style" v="solid"/>
<prop k="outline_color" v="184,176,160,255"/>
<prop k="outline_style" v="solid"/>
<prop k="outline_width" v="0.2"/>
<prop k="outline_width_unit" v="MM"/>
<prop k="joinstyle" v="round"/>
</layer>
</symbol>
</symbols>
</renderer-v2>
</qgis>
