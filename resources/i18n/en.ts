<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>Waiting</name>
    <message numerus="yes">
        <source>The PBX asked to wait: %n second(s)</source>
        <translation>
            <numerusform>The PBX asked to wait: %n second</numerusform>
            <numerusform>The PBX asked to wait: %n seconds</numerusform>
        </translation>
    </message>
</context>
</TS>
