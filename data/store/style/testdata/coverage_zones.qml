<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22.0" styleCategories="Symbology|Labeling" labelsEnabled="1">
<renderer-v2 type="RuleRenderer" symbollevels="0" enableorderby="0" forceraster="0" referencescale="-1">
<rules key="root">
<rule key="r0" label="医疗 15 分钟圈 (xianning-2025/medical)" filter="&#34;people&#34; = &#39;60+&#39; AND &#34;setting&#34; = &#39;all&#39; AND &#34;population&#34; &gt; 0 AND &#34;standard&#34; = &#39;xianning-2025/medical&#39;">
<rule key="r0-0" label="0–30 %" filter="&#34;share&#34; &gt; -1 AND &#34;share&#34; &lt;= 0.3" symbol="0"/>
<rule key="r0-1" label="30–50 %" filter="&#34;share&#34; &gt; 0.3 AND &#34;share&#34; &lt;= 0.5" symbol="1"/>
<rule key="r0-2" label="50–70 %" filter="&#34;share&#34; &gt; 0.5 AND &#34;share&#34; &lt;= 0.7" symbol="2"/>
<rule key="r0-3" label="70–85 %" filter="&#34;share&#34; &gt; 0.7 AND &#34;share&#34; &lt;= 0.85" symbol="3"/>
<rule key="r0-4" label="85–95 %" filter="&#34;share&#34; &gt; 0.85 AND &#34;share&#34; &lt;= 0.95" symbol="4"/>
<rule key="r0-5" label="95–100 %" filter="&#34;share&#34; &gt; 0.95 AND &#34;share&#34; &lt;= 1" symbol="5"/>
</rule>
<rule key="r1" label="医疗 15 分钟圈 (b)" filter="&#34;people&#34; = &#39;60+&#39; AND &#34;setting&#34; = &#39;all&#39; AND &#34;population&#34; &gt; 0 AND &#34;standard&#34; = &#39;b&#39;" checkstate="0">
<rule key="r1-0" label="0–30 %" filter="&#34;share&#34; &gt; -1 AND &#34;share&#34; &lt;= 0.3" symbol="6"/>
<rule key="r1-1" label="30–50 %" filter="&#34;share&#34; &gt; 0.3 AND &#34;share&#34; &lt;= 0.5" symbol="7"/>
<rule key="r1-2" label="50–70 %" filter="&#34;share&#34; &gt; 0.5 AND &#34;share&#34; &lt;= 0.7" symbol="8"/>
<rule key="r1-3" label="70–85 %" filter="&#34;share&#34; &gt; 0.7 AND &#34;share&#34; &lt;= 0.85" symbol="9"/>
<rule key="r1-4" label="85–95 %" filter="&#34;share&#34; &gt; 0.85 AND &#34;share&#34; &lt;= 0.95" symbol="10"/>
<rule key="r1-5" label="95–100 %" filter="&#34;share&#34; &gt; 0.95 AND &#34;share&#34; &lt;= 1" symbol="11"/>
</rule>
</rules>
<symbols>
<symbol type="fill" name="0" alpha="1" clip_to_extent="1" force_rhr="0">
<layer class="SimpleFill" enabled="1" locked="0" pass="0">
<Option type="Map">
<Option type="QString" name="color" value="178,24,43,255"/>
<Option type="QString" name="style" value="solid"/>
<Option type="QString" name="outline_color" value="74,85,104,255"/>
<Option type="QString" name="outline_style" value="solid"/>
<Option type="QString" name="outline_width" value="0.25"/>
<Option type="QString" name="outline_width_unit" value="MM"/>
<Option type="QString" name="joinstyle" value="round"/>
</Option>
<prop k="color" v="178,24,43,255"/>
<prop k="style" v="solid"/>
<prop k="outline_color" v="74,85,104,255"/>
<prop k="outline_style" v="solid"/>
<prop k="outline_width" v="0.25"/>
<prop k="outline_width_unit" v="MM"/>
<prop k="joinstyle" v="round"/>
</layer>
</symbol>
<symbol type="fill" name="1" alpha="1" clip_to_extent="1" force_rhr="0">
<layer class="SimpleFill" enabled="1" locked="0" pass="0">
<Option type="Map">
<Option type="QString" name="color" value="239,138,98,255"/>
<Option type="QString" name="style" value="solid"/>
<Option type="QString" name="outline_color" value="74,85,104,255"/>
<Option type="QString" name="outline_style" value="solid"/>
<Option type="QString" name="outline_width" value="0.25"/>
<Option type="QString" name="outline_width_unit" value="MM"/>
<Option type="QString" name="joinstyle" value="round"/>
</Option>
<prop k="color" v="239,138,98,255"/>
<prop k="style" v="solid"/>
<prop k="outline_color" v="74,85,104,255"/>
<prop k="outline_style" v="solid"/>
<prop k="outline_width" v="0.25"/>
<prop k="outline_width_unit" v="MM"/>
<prop k="joinstyle" v="round"/>
</layer>
</symbol>
<symbol type="fill" name="2" alpha="1" clip_to_extent="1" force_rhr="0">
<layer class="SimpleFill" enabled="1" locked="0" pass="0">
<Option type="Map">
<Option type="QString" name="color" value="253,219,199,255"/>
<Option type="QString" name="style" value="solid"/>
<Option type="QString" name="outline_color" value="74,85,104,255"/>
<Option type="QString" name="outline_style" value="solid"/>
<Option type="QString" name="outline_width" value="0.25"/>
<Option type="QString" name="outline_width_unit" value="MM"/>
<Option type="QString" name="joinstyle" value="round"/>
</Option>
<prop k="color" v="253,219,199,255"/>
<prop k="style" v="solid"/>
<prop k="outline_color" v="74,85,104,255"/>
<prop k="outline_style" v="solid"/>
<prop k="outline_width" v="0.25"/>
<prop k="outline_width_unit" v="MM"/>
<prop k="joinstyle" v="round"/>
</layer>
</symbol>
<symbol type="fill" name="3" alpha="1" clip_to_extent="1" force_rhr="0">
<layer class="SimpleFill" enabled="1" locked="0" pass="0">
<Option type="Map">
<Option type="QString" name="color" value="209,229,240,255"/>
<Option type="QString" name="style" value="solid"/>
<Option type="QString" name="outline_color" value="74,85,104,255"/>
<Option type="QString" name="outline_style" value="solid"/>
<Option type="QString" name="outline_width" value="0.25"/>
<Option type="QString" name="outline_width_unit" value="MM"/>
<Option type="QString" name="joinstyle" value="round"/>
</Option>
<prop k="color" v="209,229,240,255"/>
<prop k="style" v="solid"/>
<prop k="outline_color" v="74,85,104,255"/>
<prop k="outline_style" v="solid"/>
<prop k="outline_width" v="0.25"/>
<prop k="outline_width_unit" v="MM"/>
<prop k="joinstyle" v="round"/>
</layer>
</symbol>
<symbol type="fill" name="4" alpha="1" clip_to_extent="1" force_rhr="0">
<layer class="SimpleFill" enabled="1" locked="0" pass="0">
<Option type="Map">
<Option type="QString" name="color" value="103,169,207,255"/>
<Option type="QString" name="style" value="solid"/>
<Option type="QString" name="outline_color" value="74,85,104,255"/>
<Option type="QString" name="outline_style" value="solid"/>
<Option type="QString" name="outline_width" value="0.25"/>
<Option type="QString" name="outline_width_unit" value="MM"/>
<Option type="QString" name="joinstyle" value="round"/>
</Option>
<prop k="color" v="103,169,207,255"/>
<prop k="style" v="solid"/>
<prop k="outline_color" v="74,85,104,255"/>
<prop k="outline_style" v="solid"/>
<prop k="outline_width" v="0.25"/>
<prop k="outline_width_unit" v="MM"/>
<prop k="joinstyle" v="round"/>
</layer>
</symbol>
<symbol type="fill" name="5" alpha="1" clip_to_extent="1" force_rhr="0">
<layer class="SimpleFill" enabled="1" locked="0" pass="0">
<Option type="Map">
<Option type="QString" name="color" value="33,102,172,255"/>
<Option type="QString" name="style" value="solid"/>
<Option type="QString" name="outline_color" value="74,85,104,255"/>
<Option type="QString" name="outline_style" value="solid"/>
<Option type="QString" name="outline_width" value="0.25"/>
<Option type="QString" name="outline_width_unit" value="MM"/>
<Option type="QString" name="joinstyle" value="round"/>
</Option>
<prop k="color" v="33,102,172,255"/>
<prop k="style" v="solid"/>
<prop k="outline_color" v="74,85,104,255"/>
<prop k="outline_style" v="solid"/>
<prop k="outline_width" v="0.25"/>
<prop k="outline_width_unit" v="MM"/>
<prop k="joinstyle" v="round"/>
</layer>
</symbol>
<symbol type="fill" name="6" alpha="1" clip_to_extent="1" force_rhr="0">
<layer class="SimpleFill" enabled="1" locked="0" pass="0">
<Option type="Map">
<Option type="QString" name="color" value="178,24,43,255"/>
<Option type="QString" name="style" value="solid"/>
<Option type="QString" name="outline_color" value="74,85,104,255"/>
<Option type="QString" name="outline_style" value="solid"/>
<Option type="QString" name="outline_width" value="0.25"/>
<Option type="QString" name="outline_width_unit" value="MM"/>
<Option type="QString" name="joinstyle" value="round"/>
</Option>
<prop k="color" v="178,24,43,255"/>
<prop k="style" v="solid"/>
<prop k="outline_color" v="74,85,104,255"/>
<prop k="outline_style" v="solid"/>
<prop k="outline_width" v="0.25"/>
<prop k="outline_width_unit" v="MM"/>
<prop k="joinstyle" v="round"/>
</layer>
</symbol>
<symbol type="fill" name="7" alpha="1" clip_to_extent="1" force_rhr="0">
<layer class="SimpleFill" enabled="1" locked="0" pass="0">
<Option type="Map">
<Option type="QString" name="color" value="239,138,98,255"/>
<Option type="QString" name="style" value="solid"/>
<Option type="QString" name="outline_color" value="74,85,104,255"/>
<Option type="QString" name="outline_style" value="solid"/>
<Option type="QString" name="outline_width" value="0.25"/>
<Option type="QString" name="outline_width_unit" value="MM"/>
<Option type="QString" name="joinstyle" value="round"/>
</Option>
<prop k="color" v="239,138,98,255"/>
<prop k="style" v="solid"/>
<prop k="outline_color" v="74,85,104,255"/>
<prop k="outline_style" v="solid"/>
<prop k="outline_width" v="0.25"/>
<prop k="outline_width_unit" v="MM"/>
<prop k="joinstyle" v="round"/>
</layer>
</symbol>
<symbol type="fill" name="8" alpha="1" clip_to_extent="1" force_rhr="0">
<layer class="SimpleFill" enabled="1" locked="0" pass="0">
<Option type="Map">
<Option type="QString" name="color" value="253,219,199,255"/>
<Option type="QString" name="style" value="solid"/>
<Option type="QString" name="outline_color" value="74,85,104,255"/>
<Option type="QString" name="outline_style" value="solid"/>
<Option type="QString" name="outline_width" value="0.25"/>
<Option type="QString" name="outline_width_unit" value="MM"/>
<Option type="QString" name="joinstyle" value="round"/>
</Option>
<prop k="color" v="253,219,199,255"/>
<prop k="style" v="solid"/>
<prop k="outline_color" v="74,85,104,255"/>
<prop k="outline_style" v="solid"/>
<prop k="outline_width" v="0.25"/>
<prop k="outline_width_unit" v="MM"/>
<prop k="joinstyle" v="round"/>
</layer>
</symbol>
<symbol type="fill" name="9" alpha="1" clip_to_extent="1" force_rhr="0">
<layer class="SimpleFill" enabled="1" locked="0" pass="0">
<Option type="Map">
<Option type="QString" name="color" value="209,229,240,255"/>
<Option type="QString" name="style" value="solid"/>
<Option type="QString" name="outline_color" value="74,85,104,255"/>
<Option type="QString" name="outline_style" value="solid"/>
<Option type="QString" name="outline_width" value="0.25"/>
<Option type="QString" name="outline_width_unit" value="MM"/>
<Option type="QString" name="joinstyle" value="round"/>
</Option>
<prop k="color" v="209,229,240,255"/>
<prop k="style" v="solid"/>
<prop k="outline_color" v="74,85,104,255"/>
<prop k="outline_style" v="solid"/>
<prop k="outline_width" v="0.25"/>
<prop k="outline_width_unit" v="MM"/>
<prop k="joinstyle" v="round"/>
</layer>
</symbol>
<symbol type="fill" name="10" alpha="1" clip_to_extent="1" force_rhr="0">
<layer class="SimpleFill" enabled="1" locked="0" pass="0">
<Option type="Map">
<Option type="QString" name="color" value="103,169,207,255"/>
<Option type="QString" name="style" value="solid"/>
<Option type="QString" name="outline_color" value="74,85,104,255"/>
<Option type="QString" name="outline_style" value="solid"/>
<Option type="QString" name="outline_width" value="0.25"/>
<Option type="QString" name="outline_width_unit" value="MM"/>
<Option type="QString" name="joinstyle" value="round"/>
</Option>
<prop k="color" v="103,169,207,255"/>
<prop k="style" v="solid"/>
<prop k="outline_color" v="74,85,104,255"/>
<prop k="outline_style" v="solid"/>
<prop k="outline_width" v="0.25"/>
<prop k="outline_width_unit" v="MM"/>
<prop k="joinstyle" v="round"/>
</layer>
</symbol>
<symbol type="fill" name="11" alpha="1" clip_to_extent="1" force_rhr="0">
<layer class="SimpleFill" enabled="1" locked="0" pass="0">
<Option type="Map">
<Option type="QString" name="color" value="33,102,172,255"/>
<Option type="QString" name="style" value="solid"/>
<Option type="QString" name="outline_color" value="74,85,104,255"/>
<Option type="QString" name="outline_style" value="solid"/>
<Option type="QString" name="outline_width" value="0.25"/>
<Option type="QString" name="outline_width_unit" value="MM"/>
<Option type="QString" name="joinstyle" value="round"/>
</Option>
<prop k="color" v="33,102,172,255"/>
<prop k="style" v="solid"/>
<prop k="outline_color" v="74,85,104,255"/>
<prop k="outline_style" v="solid"/>
<prop k="outline_width" v="0.25"/>
<prop k="outline_width_unit" v="MM"/>
<prop k="joinstyle" v="round"/>
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
<rendering scaleVisibility="1" scaleMin="1000000" scaleMax="1" obstacle="1" drawLabels="1"/>
</settings>
</labeling>
</qgis>
