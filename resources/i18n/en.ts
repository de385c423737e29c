<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>Checking</name>
    <message numerus="yes">
        <source>%n calls may have been placed.</source>
        <translation>
            <numerusform>%n call may have been placed.</numerusform>
            <numerusform>%n calls may have been placed.</numerusform>
        </translation>
    </message>
</context>
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
<context>
    <name>_Ago</name>
    <message numerus="yes">
        <source>%n second(s) ago</source>
        <translation>
            <numerusform>%n second ago</numerusform>
            <numerusform>%n seconds ago</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n minute(s) ago</source>
        <translation>
            <numerusform>%n minute ago</numerusform>
            <numerusform>%n minutes ago</numerusform>
        </translation>
    </message>
</context>
</TS>
