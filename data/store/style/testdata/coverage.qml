<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22.0" styleCategories="Symbology|Labeling">
<renderer-v2 type="RuleRenderer" symbollevels="0" enableorderby="0" forceraster="0" referencescale="-1">
<rules key="root">
<rule key="r0" label="医疗 15 分钟圈 (xianning-2025/medical)" filter="&#34;standard&#34; = &#39;xianning-2025/medical&#39;">
<rule key="r0-0" label="0–7.5 min" filter="&#34;judged&#34; AND &#34;served&#34; &gt;= 0.5 AND &#34;seconds&#34; &gt; -1 AND &#34;seconds&#34; &lt;= 450" symbol="0"/>
<rule key="r0-1" label="7.5–15 min" filter="&#34;judged&#34; AND &#34;served&#34; &gt;= 0.5 AND &#34;seconds&#34; &gt; 450 AND &#34;seconds&#34; &lt;= 900" symbol="1"/>
<rule key="r0-2" label="15–22.5 min" filter="&#34;judged&#34; AND &#34;served&#34; &gt;= 0.5 AND &#34;seconds&#34; &gt; 900 AND &#34;seconds&#34; &lt;= 1350" symbol="2"/>
<rule key="r0-3" label="22.5–30 min" filter="&#34;judged&#34; AND &#34;served&#34; &gt;= 0.5 AND &#34;seconds&#34; &gt; 1350 AND &#34;seconds&#34; &lt;= 1000000000000" symbol="3"/>
<rule key="r0-4" label="未覆盖 not served" filter="&#34;judged&#34; AND &#34;served&#34; &lt; 0.5" symbol="4"/>
<rule key="r0-5" label="未评价 not judged" filter="NOT &#34;judged&#34;" symbol="5"/>
</rule>
<rule key="r1" label="医疗 15 分钟圈 (b)" filter="&#34;standard&#34; = &#39;b&#39;" checkstate="0">
<rule key="r1-0" label="0–625.1 m" filter="&#34;judged&#34; AND &#34;served&#34; &gt;= 0.5 AND &#34;metres&#34; &gt; -1 AND &#34;metres&#34; &lt;= 625.0625" symbol="6"/>
<rule key="r1-1" label="625.1–1250 m" filter="&#34;judged&#34; AND &#34;served&#34; &gt;= 0.5 AND &#34;metres&#34; &gt; 625.0625 AND &#34;metres&#34; &lt;= 1250.125" symbol="7"/>
<rule key="r1-2" label="1250–1875 m" filter="&#34;judged&#34; AND &#34;served&#34; &gt;= 0.5 AND &#34;metres&#34; &gt; 1250.125 AND &#34;metres&#34; &lt;= 1875.1875" symbol="8"/>
<rule key="r1-3" label="1875–2500 m" filter="&#34;judged&#34; AND &#34;served&#34; &gt;= 0.5 AND &#34;metres&#34; &gt; 1875.1875 AND &#34;metres&#34; &lt;= 1000000000000" symbol="9"/>
<rule key="r1-4" label="未覆盖 not served" filter="&#34;judged&#34; AND &#34;served&#34; &lt; 0.5" symbol="10"/>
<rule key="r1-5" label="未评价 not judged" filter="NOT &#34;judged&#34;" symbol="11"/>
</rule>
</rules>
<symbols>
<symbol type="fill" name="0" alpha="1" clip_to_extent="1" force_rhr="0">
<layer class="SimpleFill" enabled="1" locked="0" pass="0">
<Option type="Map">
<Option type="QString" name="color" value="8,81,156,255"/>
<Option type="QString" name="style" value="solid"/>
<Option type="QString" name="outline_color" value="0,0,0,0"/>
<Option type="QString" name="outline_style" value="no"/>
<Option type="QString" name="outline_width" value="0"/>
<Option type="QString" name="outline_width_unit" value="MM"/>
<Option type="QString" name="joinstyle" value="round"/>
</Option>
<prop k="color" v="8,81,156,255"/>
<prop k="style" v="solid"/>
<prop k="outline_color" v="0,0,0,0"/>
<prop k="outline_style" v="no"/>
<prop k="outline_width" v="0"/>
<prop k="outline_width_unit" v="MM"/>
<prop k="joinstyle" v="round"/>
</layer>
</symbol>
<symbol type="fill" name="1" alpha="1" clip_to_extent="1" force_rhr="0">
<layer class="SimpleFill" enabled="1" locked="0" pass="0">
<Option type="Map">
<Option type="QString" name="color" value="49,130,189,255"/>
<Option type="QString" name="style" value="solid"/>
<Option type="QString" name="outline_color" value="0,0,0,0"/>
<Option type="QString" name="outline_style" value="no"/>
<Option type="QString" name="outline_width" value="0"/>
<Option type="QString" name="outline_width_unit" value="MM"/>
<Option type="QString" name="joinstyle" value="round"/>
</Option>
<prop k="color" v="49,130,189,255"/>
<prop k="style" v="solid"/>
<prop k="outline_color" v="0,0,0,0"/>
<prop k="outline_style" v="no"/>
<prop k="outline_width" v="0"/>
<prop k="outline_width_unit" v="MM"/>
<prop k="joinstyle" v="round"/>
</layer>
</symbol>
<symbol type="fill" name="2" alpha="1" clip_to_extent="1" force_rhr="0">
<layer class="SimpleFill" enabled="1" locked="0" pass="0">
<Option type="Map">
<Option type="QString" name="color" value="107,174,214,255"/>
<Option type="QString" name="style" value="solid"/>
<Option type="QString" name="outline_color" value="0,0,0,0"/>
<Option type="QString" name="outline_style" value="no"/>
<Option type="QString" name="outline_width" value="0"/>
<Option type="QString" name="outline_width_unit" value="MM"/>
<Option type="QString" name="joinstyle" value="round"/>
</Option>
<prop k="color" v="107,174,214,255"/>
<prop k="style" v="solid"/>
<prop k="outline_color" v="0,0,0,0"/>
<prop k="outline_style" v="no"/>
<prop k="outline_width" v="0"/>
<prop k="outline_width_unit" v="MM"/>
<prop k="joinstyle" v="round"/>
</layer>
</symbol>
<symbol type="fill" name="3" alpha="1" clip_to_extent="1" force_rhr="0">
<layer class="SimpleFill" enabled="1" locked="0" pass="0">
<Option type="Map">
<Option type="QString" name="color" value="189,215,231,255"/>
<Option type="QString" name="style" value="solid"/>
<Option type="QString" name="outline_color" value="0,0,0,0"/>
<Option type="QString" name="outline_style" value="no"/>
<Option type="QString" name="outline_width" value="0"/>
<Option type="QString" name="outline_width_unit" value="MM"/>
<Option type="QString" name="joinstyle" value="round"/>
</Option>
<prop k="color" v="189,215,231,255"/>
<prop k="style" v="solid"/>
<prop k="outline_color" v="0,0,0,0"/>
<prop k="outline_style" v="no"/>
<prop k="outline_width" v="0"/>
<prop k="outline_width_unit" v="MM"/>
<prop k="joinstyle" v="round"/>
</layer>
</symbol>
<symbol type="fill" name="4" alpha="1" clip_to_extent="1" force_rhr="0">
<layer class="SimpleFill" enabled="1" locked="0" pass="0">
<Option type="Map">
<Option type="QString" name="color" value="242,142,43,255"/>
<Option type="QString" name="style" value="solid"/>
<Option type="QString" name="outline_color" value="0,0,0,0"/>
<Option type="QString" name="outline_style" value="no"/>
<Option type="QString" name="outline_width" value="0"/>
<Option type="QString" name="outline_width_unit" value="MM"/>
<Option type="QString" name="joinstyle" value="round"/>
</Option>
<prop k="color" v="242,142,43,255"/>
<prop k="style" v="solid"/>
<prop k="outline_color" v="0,0,0,0"/>
<prop k="outline_style" v="no"/>
<prop k="outline_width" v="0"/>
<prop k="outline_width_unit" v="MM"/>
<prop k="joinstyle" v="round"/>
</layer>
</symbol>
<symbol type="fill" name="5" alpha="1" clip_to_extent="1" force_rhr="0">
<layer class="SimpleFill" enabled="1" locked="0" pass="0">
<Option type="Map">
<Option type="QString" name="color" value="217,217,217,255"/>
<Option type="QString" name="style" value="solid"/>
<Option type="QString" name="outline_color" value="0,0,0,0"/>
<Option type="QString" name="outline_style" value="no"/>
<Option type="QString" name="outline_width" value="0"/>
<Option type="QString" name="outline_width_unit" value="MM"/>
<Option type="QString" name="joinstyle" value="round"/>
</Option>
<prop k="color" v="217,217,217,255"/>
<prop k="style" v="solid"/>
<prop k="outline_color" v="0,0,0,0"/>
<prop k="outline_style" v="no"/>
<prop k="outline_width" v="0"/>
<prop k="outline_width_unit" v="MM"/>
<prop k="joinstyle" v="round"/>
</layer>
</symbol>
<symbol type="fill" name="6" alpha="1" clip_to_extent="1" force_rhr="0">
<layer class="SimpleFill" enabled="1" locked="0" pass="0">
<Option type="Map">
<Option type="QString" name="color" value="8,81,156,255"/>
<Option type="QString" name="style" value="solid"/>
<Option type="QString" name="outline_color" value="0,0,0,0"/>
<Option type="QString" name="outline_style" value="no"/>
<Option type="QString" name="outline_width" value="0"/>
<Option type="QString" name="outline_width_unit" value="MM"/>
<Option type="QString" name="joinstyle" value="round"/>
</Option>
<prop k="color" v="8,81,156,255"/>
<prop k="style" v="solid"/>
<prop k="outline_color" v="0,0,0,0"/>
<prop k="outline_style" v="no"/>
<prop k="outline_width" v="0"/>
<prop k="outline_width_unit" v="MM"/>
<prop k="joinstyle" v="round"/>
</layer>
</symbol>
<symbol type="fill" name="7" alpha="1" clip_to_extent="1" force_rhr="0">
<layer class="SimpleFill" enabled="1" locked="0" pass="0">
<Option type="Map">
<Option type="QString" name="color" value="49,130,189,255"/>
<Option type="QString" name="style" value="solid"/>
<Option type="QString" name="outline_color" value="0,0,0,0"/>
<Option type="QString" name="outline_style" value="no"/>
<Option type="QString" name="outline_width" value="0"/>
<Option type="QString" name="outline_width_unit" value="MM"/>
<Option type="QString" name="joinstyle" value="round"/>
</Option>
<prop k="color" v="49,130,189,255"/>
<prop k="style" v="solid"/>
<prop k="outline_color" v="0,0,0,0"/>
<prop k="outline_style" v="no"/>
<prop k="outline_width" v="0"/>
<prop k="outline_width_unit" v="MM"/>
<prop k="joinstyle" v="round"/>
</layer>
</symbol>
<symbol type="fill" name="8" alpha="1" clip_to_extent="1" force_rhr="0">
<layer class="SimpleFill" enabled="1" locked="0" pass="0">
<Option type="Map">
<Option type="QString" name="color" value="107,174,214,255"/>
<Option type="QString" name="style" value="solid"/>
<Option type="QString" name="outline_color" value="0,0,0,0"/>
<Option type="QString" name="outline_style" value="no"/>
<Option type="QString" name="outline_width" value="0"/>
<Option type="QString" name="outline_width_unit" value="MM"/>
<Option type="QString" name="joinstyle" value="round"/>
</Option>
<prop k="color" v="107,174,214,255"/>
<prop k="style" v="solid"/>
<prop k="outline_color" v="0,0,0,0"/>
<prop k="outline_style" v="no"/>
<prop k="outline_width" v="0"/>
<prop k="outline_width_unit" v="MM"/>
<prop k="joinstyle" v="round"/>
</layer>
</symbol>
<symbol type="fill" name="9" alpha="1" clip_to_extent="1" force_rhr="0">
<layer class="SimpleFill" enabled="1" locked="0" pass="0">
<Option type="Map">
<Option type="QString" name="color" value="189,215,231,255"/>
<Option type="QString" name="style" value="solid"/>
<Option type="QString" name="outline_color" value="0,0,0,0"/>
<Option type="QString" name="outline_style" value="no"/>
<Option type="QString" name="outline_width" value="0"/>
<Option type="QString" name="outline_width_unit" value="MM"/>
<Option type="QString" name="joinstyle" value="round"/>
</Option>
<prop k="color" v="189,215,231,255"/>
<prop k="style" v="solid"/>
<prop k="outline_color" v="0,0,0,0"/>
<prop k="outline_style" v="no"/>
<prop k="outline_width" v="0"/>
<prop k="outline_width_unit" v="MM"/>
<prop k="joinstyle" v="round"/>
</layer>
</symbol>
<symbol type="fill" name="10" alpha="1" clip_to_extent="1" force_rhr="0">
<layer class="SimpleFill" enabled="1" locked="0" pass="0">
<Option type="Map">
<Option type="QString" name="color" value="242,142,43,255"/>
<Option type="QString" name="style" value="solid"/>
<Option type="QString" name="outline_color" value="0,0,0,0"/>
<Option type="QString" name="outline_style" value="no"/>
<Option type="QString" name="outline_width" value="0"/>
<Option type="QString" name="outline_width_unit" value="MM"/>
<Option type="QString" name="joinstyle" value="round"/>
</Option>
<prop k="color" v="242,142,43,255"/>
<prop k="style" v="solid"/>
<prop k="outline_color" v="0,0,0,0"/>
<prop k="outline_style" v="no"/>
<prop k="outline_width" v="0"/>
<prop k="outline_width_unit" v="MM"/>
<prop k="joinstyle" v="round"/>
</layer>
</symbol>
<symbol type="fill" name="11" alpha="1" clip_to_extent="1" force_rhr="0">
<layer class="SimpleFill" enabled="1" locked="0" pass="0">
<Option type="Map">
<Option type="QString" name="color" value="217,217,217,255"/>
<Option type="QString" name="style" value="solid"/>
<Option type="QString" name="outline_color" value="0,0,0,0"/>
<Option type="QString" name="outline_style" value="no"/>
<Option type="QString" name="outline_width" value="0"/>
<Option type="QString" name="outline_width_unit" value="MM"/>
<Option type="QString" name="joinstyle" value="round"/>
</Option>
<prop k="color" v="217,217,217,255"/>
<prop k="style" v="solid"/>
<prop k="outline_color" v="0,0,0,0"/>
<prop k="outline_style" v="no"/>
<prop k="outline_width" v="0"/>
<prop k="outline_width_unit" v="MM"/>
<prop k="joinstyle" v="round"/>
</layer>
</symbol>
</symbols>
</renderer-v2>
</qgis>
